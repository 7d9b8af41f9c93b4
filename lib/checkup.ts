import { Duration } from 'aws-cdk-lib'
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch'
import { Rule, Schedule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets'
import { Construct } from 'constructs'
import { modelSettingNames as names } from '../shared/platform/environment-names.ts'
import { endDays } from '../shared/rules/checkup/findings.ts'
import { functionMs } from '../shared/rules/time-budgets.ts'
import { acknowledgeRule } from './lost-events.ts'
import { ProductMetrics } from './product-metrics.ts'
import type { Secrets } from './secrets.ts'
import { type ServiceContext, ServiceFunction } from './service-function.ts'

export interface CheckupProps {
  service: ServiceContext
  secrets: Secrets
}

const period = Duration.days(1)
const tomorrow = 'The next checkup comes a day later, and npm run doctor makes one at any time.'

/** What looks once a day at what changes without a deployment: models, keys, certificates. */
export class Checkup extends Construct {
  readonly functionArn: string
  private readonly service: ServiceContext

  constructor(scope: Construct, id: string, { service, secrets }: CheckupProps) {
    super(scope, id)
    this.service = service
    const checkup = new ServiceFunction(this, 'Checkup', {
      service,
      description: 'Looks once a day at models, keys, search providers and certificates.',
      timeout: Duration.millis(functionMs.checkup),
      readsModelSettings: true,
      lostInvocation: tomorrow,
    })
    const daily = new Rule(this, 'CheckupEveryDay', {
      schedule: Schedule.rate(period),
      targets: [new LambdaTarget(checkup, { retryAttempts: 0 })],
    })
    acknowledgeRule(daily, tomorrow)
    this.functionArn = checkup.functionArn
    this.allowSecrets(checkup, secrets)
    this.addAlarms()
  }

  /** The same secrets as the functions that use them. */
  private allowSecrets(checkup: ServiceFunction, secrets: Secrets): void {
    const { modelSettings } = this.service
    secrets.allowOpenaiApiKey(checkup)
    secrets.allowIdentification(checkup)
    secrets.allowWebhookSigningKey(checkup)
    if (modelSettings[names.searchProviders]) secrets.allowSearchKeys(checkup)
    if (modelSettings[names.imageBaseUrl]) secrets.allowImageApiKey(checkup)
    if (modelSettings[names.videoBaseUrl]) secrets.allowVideoApiKey(checkup)
    if (modelSettings[names.contentCredentials] === 'on') secrets.allowC2paSigningKey(checkup)
  }

  private addAlarms(): void {
    const { observability, stage } = this.service
    const product = new ProductMetrics(stage, period)
    observability.addAlarm(this, 'CheckupFailures', {
      metric: product.of('CheckupFinding', { severity: 'failure' }, { statistic: 'Maximum' }),
      description:
        'The daily checkup found something that has to be mended, such as a refused key, an unknown model or an expiring certificate. The lines “checkup finding” of Checkup with the severity failure name it; npm run doctor -- --stack <stack> shows them with what to do, and docs/doctor.md explains each code.',
    })
    observability.addAlarm(this, 'ModelShutdown', {
      metric: new MathExpression({
        expression: `IF(FILL(days, 9999) <= ${endDays.failure}, 1, 0)`,
        usingMetrics: { days: product.of('ModelDaysLeft', {}, { statistic: 'Minimum' }) },
        period,
      }),
      description: `The vendor shuts a model that this deployment uses down within ${endDays.failure} days, or has done so. The line “checkup finding” of Checkup with the code MODEL_ENDS_SOON or MODEL_ENDED names the model, the days that are left and the agents: set their setting (such as PLANNER_MODEL) to another model, try it with npm run doctor, and deploy.`,
    })
  }
}
