import validate from 'asl-validator'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { resourceOf, template, text } from './synthesized.ts'

/** Another reading of the Amazon States Language than the CDK's, which passes paths on as they are. */

const { DefinitionString } = resourceOf(
  template,
  'RunMachine',
  z.looseObject({ DefinitionString: text }),
)
// It is known only when the stack is deployed.
const definition = DefinitionString.replaceAll('<AWS::Partition>', 'aws')

const problemsOf = (written: string): string => {
  const { isValid, errorsText } = validate(JSON.parse(written))
  return isValid ? '' : errorsText('\n')
}

describe('the state machine', () => {
  test('is valid', () => {
    expect(problemsOf(definition)).toBe('')
  })

  test.each([
    ['a path', '"Variable":"$.resume_from"', '"Variable":"resume_from"'],
    ['a target', '"Next":"GEN_STRATEGY"', '"Next":"NOWHERE"'],
    ['a template', '"run_id.$":"$.run_id"', '"run_id.$":"run_id"'],
  ])('would be found with %s that is none', (_, right, wrong) => {
    expect(definition).toContain(right)
    expect(problemsOf(definition.replace(right, wrong))).not.toBe('')
  })
})
