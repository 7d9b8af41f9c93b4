import { Duration } from 'aws-cdk-lib'
import { CorsHttpMethod, type CorsPreflightOptions } from 'aws-cdk-lib/aws-apigatewayv2'
import { type FunctionUrlCorsOptions, HttpMethod } from 'aws-cdk-lib/aws-lambda'
import { answerHeaders, requestHeaders } from '../shared/contracts/http/headers.ts'
import type { Route } from '../shared/contracts/http/route.ts'
import { routes } from '../shared/contracts/http.ts'

/** How long a browser may keep the answer to a preflight request. */
export const preflightMaxAge = Duration.hours(1)

const methods = [...new Set(Object.values<Route>(routes).map(({ method }) => method))].sort()

/** What pages of these origins may do with the HTTP API: everything that the contracts name. */
export const httpApiCors = (allowedOrigins: readonly string[]): CorsPreflightOptions => ({
  allowOrigins: [...allowedOrigins],
  allowMethods: methods.map((method) => CorsHttpMethod[method]),
  allowHeaders: Object.values(requestHeaders),
  exposeHeaders: Object.values(answerHeaders),
  maxAge: preflightMaxAge,
})

/** The same with the function URL. */
export const functionUrlCors = (allowedOrigins: readonly string[]): FunctionUrlCorsOptions => ({
  allowedOrigins: [...allowedOrigins],
  allowedMethods: methods.map((method) => HttpMethod[method]),
  allowedHeaders: Object.values(requestHeaders),
  exposedHeaders: Object.values(answerHeaders),
  maxAge: preflightMaxAge,
})
