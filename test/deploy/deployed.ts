import * as z from 'zod'

/** What the stack says of itself, as far as the suite needs it. */
const Outputs = z.looseObject({
  Url: z.url(),
  HttpUrl: z.url(),
  SocketUrl: z.url(),
  StreamFunctionUrl: z.url(),
})

/** The file that `cdk deploy --outputs-file` writes: outputs by stack. */
const OutputsFile = z.record(z.string(), Outputs)

/** The outputs of the only stack in such a file. @throws Error that says what is wrong with it */
export const outputsIn = (text: string): z.infer<typeof Outputs> => {
  const stacks = Object.entries(OutputsFile.parse(JSON.parse(text)))
  const [first, ...more] = stacks
  if (!first || more.length > 0) {
    const names = stacks.map(([name]) => name).join(', ')
    throw new Error(`The outputs are those of one stack; there are ${names || 'none'}.`)
  }
  return first[1]
}

/** A deployment that `npm run test:deploy` hands to the suite. */
export const Deployed = z.discriminatedUnion('target', [
  z.object({ target: z.literal('aws'), outputs: Outputs }),
  z.object({
    target: z.literal('ministack'),
    outputs: Outputs,
    /** Where the emulator answers. */
    endpoint: z.url(),
    stackId: z.string(),
    /** What the emulator writes. */
    log: z.string(),
    /** Where the suite leaves what it found out about the emulator, as JSON. */
    findings: z.string(),
  }),
])
export type Deployed = z.infer<typeof Deployed>
/** One on the emulator. */
export type OnMinistack = Extract<Deployed, { target: 'ministack' }>

/** Carries a `Deployed`, as JSON, from the command to the suite. */
export const deployedName = 'TEST_DEPLOYED'
