import { Duration, Fn, Validations } from 'aws-cdk-lib'
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  HttpVersion,
  type IOrigin,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront'
import { FunctionUrlOrigin, HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import type { FunctionUrl } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import { frontDoorHeaders } from '../shared/contracts/http/headers.ts'
import { distributionMs } from '../shared/rules/time-budgets.ts'
import { type Console, startPage } from './console.ts'
import { frontDoorProof } from './front-door-proof.ts'
import { streamRoutes } from './stream-url.ts'
import { nameInTemplate } from './template-name.ts'

/** A route's path as CloudFront matches it: `*` stands for any text. */
const pathPattern = (path: string): string => path.replaceAll(/\{\w+\}/g, '*')

export interface FrontDoorProps {
  stage: string
  httpApiUrl: string
  streamUrl: FunctionUrl
  console: Console
}

/** One public origin for everything over HTTP: the path selects the console, the API or the function URL. */
export class FrontDoor extends Construct {
  /** `https://…`, without a trailing slash. */
  readonly url: string

  constructor(
    scope: Construct,
    id: string,
    { stage, httpApiUrl, streamUrl, console }: FrontDoorProps,
  ) {
    super(scope, id)
    const customHeaders = { [frontDoorHeaders.proof]: frontDoorProof() }
    const api = new HttpOrigin(Fn.parseDomainName(httpApiUrl), {
      customHeaders,
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
      readTimeout: Duration.millis(distributionMs.apiRead),
    })
    const streams = forwardTo(
      new FunctionUrlOrigin(streamUrl, {
        customHeaders,
        readTimeout: Duration.millis(distributionMs.streamRead),
      }),
    )
    const distribution = new Distribution(this, 'Distribution', {
      comment: `Launch Studio ${stage}`,
      defaultBehavior: forwardTo(api),
      additionalBehaviors: {
        ...Object.fromEntries(streamRoutes.map(({ path }) => [pathPattern(path), streams])),
        ...console.behaviours,
      },
      // Whatever else has no page stays the API's, which says in its own form that there is nothing.
      defaultRootObject: startPage,
      httpVersion: HttpVersion.HTTP2_AND_3,
      // The cheapest class with edges in Korea; the next one down covers Europe and North America only.
      priceClass: PriceClass.PRICE_CLASS_200,
    })
    nameInTemplate(distribution, 'Distribution')
    this.url = `https://${distribution.domainName}`
    Validations.of(distribution).acknowledge(
      {
        id: 'AwsSolutions-CFR1',
        reason: 'The product is for sellers everywhere; no country is excluded.',
      },
      {
        id: 'AwsSolutions-CFR2',
        reason:
          'The API and the streams are public without it too; they throttle, and check tokens and bodies themselves. The console is public files.',
      },
      {
        id: 'AwsSolutions-CFR3',
        reason:
          'Its log would contain addresses and session ids; the HTTP API and the functions log every request without them.',
      },
      {
        id: 'AwsSolutions-CFR4',
        reason:
          "CloudFront's default certificate has a fixed policy, with which current clients negotiate TLS 1.2 or 1.3. A custom domain would bring its certificate and TLSv1.2_2021.",
      },
    )
  }
}

/** Forwards requests unchanged, without caching or compression: streams stay streams. */
const forwardTo = (origin: IOrigin): BehaviorOptions => {
  return {
    origin,
    allowedMethods: AllowedMethods.ALLOW_ALL,
    cachePolicy: CachePolicy.CACHING_DISABLED,
    // Without the viewer's Host: both origins accept only their own. With CloudFront-Viewer-Address, and
    // the other headers that CloudFront makes: a viewer's own of these names do not pass.
    originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
    // No redirect: a token that was sent in the clear is compromised.
    viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    compress: false,
  }
}
