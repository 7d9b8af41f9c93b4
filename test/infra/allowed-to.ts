import { policySchema, resourcesOf, template } from './synthesized.ts'

const policies = [...resourcesOf(template, 'AWS::IAM::Policy', policySchema).values()]

/** What a role's policies allow, as sorted lines of `action on resource`. */
export const allowedTo = (roleArn: string | undefined): string[] => {
  const role = roleArn?.replace('.Arn>', '>')
  return policies
    .filter(({ Roles }) => Roles?.some((of) => of === role))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .flatMap(({ Action, Resource }) =>
      Action.flatMap((action) => (Resource ?? []).map((resource) => `${action} on ${resource}`)),
    )
    .sort()
}
