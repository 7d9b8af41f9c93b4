import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { composeApp } from '../../lib/synthesize.ts'
import { routeKey } from '../../shared/contracts/http/route.ts'
import { routes } from '../../shared/contracts/http.ts'
import { synthesizeTemplate } from './synthesize-template.ts'
import { template as dev, resourcesOf, text } from './synthesized.ts'

const issuer = 'https://login.team.example/'
const withIssuer = await synthesizeTemplate({
  environment: { OIDC_ISSUER: issuer, OIDC_AUDIENCE: 'studio, studio-cli' },
})

const declaredRoutes = (template: typeof dev) =>
  [
    ...resourcesOf(
      template,
      'AWS::ApiGatewayV2::Route',
      z.looseObject({
        ApiId: text,
        RouteKey: z.string(),
        AuthorizationType: z.string().default('NONE'),
        AuthorizerId: text.optional(),
      }),
    ).values(),
  ].filter(({ ApiId }) => ApiId === '<HttpApi>')

const environments = (template: typeof dev) =>
  [
    ...resourcesOf(
      template,
      'AWS::Lambda::Function',
      z.looseObject({
        // The CDK's own functions have none.
        Environment: z
          .object({ Variables: z.record(z.string(), z.unknown()) })
          .default({ Variables: {} }),
      }),
    ),
  ].map(([name, { Environment }]) => [name, Environment.Variables] as const)

/** Functions that can tell who their caller is. */
const identifying = (template: typeof dev, variable: string) =>
  environments(template)
    .filter(([, variables]) => variable in variables)
    .map(([name]) => name)
    .sort()

describe('with an issuer', () => {
  test('the gateway checks its tokens on every route that needs a principal, and on no other', () => {
    const authorizers = [...resourcesOf(withIssuer, 'AWS::ApiGatewayV2::Authorizer', z.unknown())]
    expect(authorizers).toHaveLength(1)
    const [[id, authorizer] = []] = authorizers
    expect(authorizer).toMatchObject({
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Issuer: issuer, Audience: ['studio', 'studio-cli'] },
    })
    // The others are the function URL's, which knows no authorizer.
    const served = new Set(declaredRoutes(withIssuer).map(({ RouteKey }) => RouteKey))
    const needing = Object.values(routes)
      .filter(({ principal }) => principal === 'required')
      .map(routeKey)
      .filter((key) => served.has(key))
    const closed = declaredRoutes(withIssuer).filter(
      ({ AuthorizationType, AuthorizerId }) =>
        AuthorizationType === 'JWT' && AuthorizerId === `<${id}>`,
    )
    expect(closed.map(({ RouteKey }) => RouteKey).sort()).toEqual(needing.sort())
  })

  test('the functions check them too, and can sign none', () => {
    const functions = identifying(dev, 'TOKEN_SIGNING_KEY_PARAMETER')
    expect(functions).toContain('Stream')
    expect(identifying(withIssuer, 'OIDC_ISSUER')).toEqual(functions)
    expect(identifying(withIssuer, 'OIDC_AUDIENCE')).toEqual(functions)
    expect(identifying(withIssuer, 'TOKEN_SIGNING_KEY_PARAMETER')).toEqual([])
    expect(JSON.stringify(withIssuer.Resources)).not.toContain('token-signing-key')
  })
})

test('without one, nothing of it is in the template', () => {
  expect(declaredRoutes(dev).every(({ AuthorizationType }) => AuthorizationType === 'NONE')).toBe(
    true,
  )
  expect(JSON.stringify(dev)).not.toContain('OIDC_')
})

test.each([
  [{ OIDC_ISSUER: 'login.team.example', OIDC_AUDIENCE: 'a' }, 'OIDC_ISSUER is no address'],
  [{ OIDC_ISSUER: 'http://login.team.example', OIDC_AUDIENCE: 'a' }, 'must begin with https://'],
  [{ OIDC_ISSUER: 'https://me:pw@login.example', OIDC_AUDIENCE: 'a' }, 'neither a user'],
  [{ OIDC_ISSUER: 'https://login.example/?a=b', OIDC_AUDIENCE: 'a' }, 'neither a query'],
  [{ OIDC_ISSUER: issuer, OIDC_AUDIENCE: ' , ' }, 'OIDC_ISSUER is set without OIDC_AUDIENCE'],
  [{ OIDC_AUDIENCE: 'a' }, 'OIDC_AUDIENCE is set without OIDC_ISSUER'],
])('an issuer by which no token could be checked is refused: %o', async (environment, why) => {
  await expect(composeApp({ environment })).rejects.toThrow(why)
})
