import { Duration } from 'aws-cdk-lib'
import { CorsHttpMethod, type CorsPreflightOptions } from 'aws-cdk-lib/aws-apigatewayv2'
import { type FunctionUrlCorsOptions, HttpMethod } from 'aws-cdk-lib/aws-lambda'
import { answerHeaders, requestHeaders } from '../shared/contracts/http/headers.ts'

/** How long a browser may keep the answer to a preflight request. */
export const preflightMaxAge = Duration.hours(1)

const { lastEventId, ...usualHeaders } = requestHeaders

/** What pages of these origins may do with the HTTP API. */
export const httpApiCors = (allowedOrigins: readonly string[]): CorsPreflightOptions => ({
  allowOrigins: [...allowedOrigins],
  allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST],
  allowHeaders: Object.values(usualHeaders),
  exposeHeaders: Object.values(answerHeaders),
  maxAge: preflightMaxAge,
})

/** The same with the function URL, whose streams are also resumed after their last event. */
export const functionUrlCors = (allowedOrigins: readonly string[]): FunctionUrlCorsOptions => ({
  allowedOrigins: [...allowedOrigins],
  allowedMethods: [HttpMethod.GET, HttpMethod.POST],
  allowedHeaders: Object.values(requestHeaders),
  exposedHeaders: Object.values(answerHeaders),
  maxAge: preflightMaxAge,
})
