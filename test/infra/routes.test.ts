import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { routeKey } from '../../shared/contracts/http/route.ts'
import { routes } from '../../shared/contracts/http.ts'
import { resourcesOf, template, text } from './synthesized.ts'

describe('routes', () => {
  const integrations = resourcesOf(
    template,
    'AWS::ApiGatewayV2::Integration',
    z.looseObject({ IntegrationUri: text }),
  )
  const declared = [
    ...resourcesOf(
      template,
      'AWS::ApiGatewayV2::Route',
      z.looseObject({ ApiId: text, RouteKey: z.string(), Target: text }),
    ).values(),
  ]
  /** Route keys of an API with the function that answers each. */
  const routesOf = (api: string) =>
    Object.fromEntries(
      declared
        .filter(({ ApiId }) => ApiId === `<${api}>`)
        .map(({ RouteKey, Target }) => {
          const integration = integrations.get(/<(\w+)>$/.exec(Target)?.[1] ?? '')
          const name = /<(\w+)\.Arn>/.exec(integration?.IntegrationUri ?? '')?.[1]
          return [RouteKey, name]
        }),
    )

  test('the HTTP API has these routes', () => {
    expect(routesOf('HttpApi')).toEqual({
      'POST /api/chat/session': 'HttpChat',
      'GET /api/chat/session': 'HttpChat',
      'GET /api/chat/session/{session_id}': 'HttpChat',
      'PATCH /api/chat/session/{session_id}/brief': 'HttpChat',
      'POST /api/chat/session/{session_id}/handoff': 'HttpChat',
      'DELETE /api/chat/session/{session_id}': 'HttpChat',
      'POST /api/chat/session/{session_id}/message': 'HttpChat',
      'POST /api/chat/session/{session_id}/stop': 'HttpChat',
      'GET /api/chat/session/{session_id}/messages': 'HttpChat',
      'GET /api/chat/session/{session_id}/events': 'HttpChat',
      'POST /api/chat/session/{session_id}/ticket': 'HttpChat',
      'GET /api/me': 'HttpChat',
      'POST /api/me/handoff': 'HttpChat',
      'POST /api/me/sign-out': 'HttpChat',
      'GET /api/chat/session/{session_id}/readers': 'HttpChat',
      'PUT /api/chat/session/{session_id}/readers/{principal}': 'HttpChat',
      'DELETE /api/chat/session/{session_id}/readers/{principal}': 'HttpChat',
      'POST /api/chat/session/{session_id}/assistant-voice': 'HttpSpeech',
      'POST /api/chat/session/{session_id}/voice-turn': 'HttpVoice',
      'GET /api/webhooks': 'HttpWebhooks',
      'POST /api/webhooks': 'HttpWebhooks',
      'DELETE /api/webhooks/{webhook_id}': 'HttpWebhooks',
      'POST /api/webhooks/{webhook_id}/test': 'HttpWebhooks',
      'POST /api/webhooks/{webhook_id}/rotate': 'HttpWebhooks',
      'GET /api/webhooks/{webhook_id}/deliveries': 'HttpWebhooks',
      'POST /api/webhooks/{webhook_id}/deliveries/{event_id}/redeliver': 'HttpWebhooks',
      'POST /api/safety/check': 'HttpSafety',
      'POST /api/chat/session/{session_id}/voice-upload': 'HttpVoice',
      'POST /api/chat/session/{session_id}/product-image': 'HttpPictures',
      'POST /api/chat/session/{session_id}/product-image-upload': 'HttpPictures',
      'GET /api/chat/session/{session_id}/product-image/{picture_id}': 'HttpPictures',
      'POST /api/runs/{session_id}/generate': 'HttpRuns',
      'POST /api/runs/{session_id}/generate/async': 'HttpRuns',
      'GET /api/runs': 'HttpRuns',
      'GET /api/usage': 'HttpRuns',
      'POST /api/runs/{run_id}/resume': 'HttpRuns',
      'POST /api/runs/{run_id}/revise': 'HttpRuns',
      'POST /api/runs/{run_id}/export': 'HttpAssets',
      'GET /api/runs/{run_id}/exports': 'HttpAssets',
      'GET /api/runs/{run_id}/exports/{export_id}': 'HttpAssets',
      'DELETE /api/runs/{run_id}/exports/{export_id}': 'HttpAssets',
      'POST /api/runs/{run_id}/cancel': 'HttpRuns',
      'POST /api/runs/{run_id}/assets/generate/async': 'HttpAssets',
      'POST /api/runs/{run_id}/assets/estimate': 'HttpAssets',
      'GET /api/runs/{run_id}/assets': 'HttpAssets',
      'GET /api/runs/{run_id}/assets/{asset_id}': 'HttpAssets',
      'DELETE /api/runs/{run_id}/assets/{asset_id}': 'HttpAssets',
      'POST /api/jobs/{job_id}/cancel': 'HttpAssets',
      'GET /api/jobs': 'HttpJobs',
      'GET /api/jobs/{job_id}': 'HttpJobs',
      'POST /api/launch/run': 'HttpLaunch',
      'GET /api/launch/history': 'HttpLaunch',
      'GET /api/launch/history/{request_id}': 'HttpLaunch',
      'DELETE /api/launch/history/{request_id}': 'HttpLaunch',
      'GET /api/runs/{run_id}': 'HttpRuns',
      'GET /health': 'HttpPlatform',
      'GET /openapi.json': 'HttpPlatform',
      'GET /asyncapi.json': 'HttpPlatform',
      'GET /docs': 'HttpPlatform',
      $default: 'HttpPlatform',
    })
  })

  test('which are those of the contracts, and one for everything else', () => {
    expect(Object.keys(routesOf('HttpApi')).sort()).toEqual(
      [
        '$default',
        ...Object.values(routes)
          // What has no bound in time or size is the function URL's alone.
          .filter((route) => route.speaks !== 'events' && route !== routes.exportSession)
          .map(routeKey),
      ].sort(),
    )
  })

  test('the WebSocket API has these, and takes every action to one function', () => {
    expect(routesOf('SocketApi')).toEqual({
      $connect: 'SocketConnect',
      $disconnect: 'SocketDisconnect',
      $default: 'SocketMessage',
    })
    expect(template.Resources.SocketApi?.Properties.RouteSelectionExpression).toBe(
      '$request.body.action',
    )
  })

  test('both are throttled and deployed automatically; HTTP keeps an anonymous access log', () => {
    const stages = resourcesOf(
      template,
      'AWS::ApiGatewayV2::Stage',
      z.looseObject({
        ApiId: text,
        StageName: z.string(),
        AutoDeploy: z.literal(true),
        DefaultRouteSettings: z.object({
          ThrottlingRateLimit: z.number().positive(),
          ThrottlingBurstLimit: z.number().positive(),
        }),
        AccessLogSettings: z.looseObject({ Format: z.string() }).optional(),
      }),
    )
    const byApi = new Map([...stages.values()].map((stage) => [stage.ApiId, stage]))
    expect(byApi.get('<SocketApi>')?.StageName).toBe('dev')
    expect(byApi.get('<HttpApi>')?.StageName).toBe('$default')
    const format = byApi.get('<HttpApi>')?.AccessLogSettings?.Format ?? ''
    expect(Object.values(JSON.parse(format))).toContain('$context.routeKey')
    expect(JSON.parse(format)).toMatchObject({
      gateway_request_id: '$context.requestId',
      lambda_request_id: '$context.integration.requestId',
    })
    expect(format).not.toMatch(/identity|authorizer|context\.path/)
  })
})
