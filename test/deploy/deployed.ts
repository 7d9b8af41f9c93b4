import * as z from 'zod'
import { outputsInFile } from '../../ops/deployed-outputs.ts'

/** What the stack says of itself, as far as the suite needs it. */
const Outputs = z.looseObject({
  Url: z.url(),
  HttpUrl: z.url(),
  SocketUrl: z.url(),
  StreamFunctionUrl: z.url(),
})

/** The outputs of the only stack in a file of `cdk deploy --outputs-file`. @throws Error that says what is wrong with it */
export const outputsIn = (file: string): z.infer<typeof Outputs> =>
  Outputs.parse(outputsInFile(file, undefined).outputs)

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
