import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway'

/** Route keys instead of paths, and no addresses, so that the log identifies no user. */
export const accessLogFormat = (): AccessLogFormat =>
  AccessLogFormat.custom(
    JSON.stringify({
      gateway_request_id: AccessLogField.contextRequestId(),
      // The same that a function's line has.
      lambda_request_id: '$context.integration.requestId',
      time: AccessLogField.contextRequestTimeEpoch(),
      route: AccessLogField.contextRouteKey(),
      status: AccessLogField.contextStatus(),
      latency_ms: AccessLogField.contextResponseLatency(),
      response_bytes: AccessLogField.contextResponseLength(),
      error: AccessLogField.contextErrorMessage(),
      integration_error: AccessLogField.contextIntegrationErrorMessage(),
    }),
  )
