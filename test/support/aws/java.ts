import { spawnSync } from 'node:child_process'

/** Whether this machine has the Java that DynamoDB Local needs. */
export const hasJava = spawnSync('java', ['-version']).status === 0
