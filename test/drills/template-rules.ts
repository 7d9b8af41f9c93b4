import { parseTemplate, type Template } from '../../local/engine.ts'
import { drillInvocation } from './control.ts'

const source = 'launch-studio.drill'
const sweepType = 'Drill sweep'
const checkupType = 'Drill checkup'

const rule = (logicalId: string, EventPattern: object) => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    EventPattern,
    State: 'ENABLED',
    Targets: [{ Id: 'Function', Arn: { 'Fn::GetAtt': [logicalId, 'Arn'] } }],
  },
})

/** The template with rules by which a drill's event invokes each function, and which ring the schedules. */
export const withDrillRules = (template: Template): Template => {
  const { Resources, ...rest } = template
  const functions = Object.entries(Resources)
    .filter(([, { Type }]) => Type === 'AWS::Lambda::Function')
    .map(([id]) => id)
  const invocations = functions.map((id) => [
    `Drill${id}`,
    rule(id, { source: [source], 'detail-type': [drillInvocation], detail: { of: [id] } }),
  ])
  return parseTemplate({
    ...rest,
    Resources: {
      ...Resources,
      ...Object.fromEntries(invocations),
      DrillSweep: rule('Sweeper', { source: [source], 'detail-type': [sweepType] }),
      DrillDay: rule('Checkup', { source: [source], 'detail-type': [checkupType] }),
    },
  })
}

/** The events that those rules wait for. */
export const drillEvents = {
  sweep: { source, detailType: sweepType, detail: {} },
  checkup: { source, detailType: checkupType, detail: {} },
  invocation: (name: string) => ({ source, detailType: drillInvocation, detail: { of: name } }),
} as const
