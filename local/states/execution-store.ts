import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import * as z from 'zod'

const executionSchema = z.object({
  arn: z.string(),
  machineArn: z.string(),
  name: z.string(),
  status: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED']),
  input: z.string(),
  output: z.string().nullable(),
  error: z.string().nullable(),
  cause: z.string().nullable(),
  /** Milliseconds since the epoch. */
  startedAt: z.number(),
  stoppedAt: z.number().nullable(),
})

export type Execution = z.infer<typeof executionSchema>

/** How an execution ended. */
export type Ending = Pick<Execution, 'status' | 'output' | 'error' | 'cause'>

const taskSchema = z.object({
  token: z.string(),
  status: z.enum(['OPEN', 'SUCCEEDED', 'FAILED']),
  output: z.string().nullable(),
  error: z.string().nullable(),
  cause: z.string().nullable(),
})

/** One try of a task: what it waits for, or how it ended. */
export type TaskRecord = z.infer<typeof taskSchema>

const tables = `
CREATE TABLE IF NOT EXISTS executions (
  arn TEXT PRIMARY KEY, machineArn TEXT NOT NULL, name TEXT NOT NULL, status TEXT NOT NULL,
  input TEXT NOT NULL, output TEXT, error TEXT, cause TEXT,
  startedAt INTEGER NOT NULL, stoppedAt INTEGER
);
CREATE INDEX IF NOT EXISTS executions_by_machine ON executions (machineArn, startedAt DESC);
CREATE TABLE IF NOT EXISTS tasks (
  execution TEXT NOT NULL, key TEXT NOT NULL, token TEXT NOT NULL, status TEXT NOT NULL,
  output TEXT, error TEXT, cause TEXT, PRIMARY KEY (execution, key)
);
CREATE TABLE IF NOT EXISTS valid_definitions (digest TEXT PRIMARY KEY);`

/**
 * Executions and the tries of their tasks, in an SQLite file of the data folder. The open file is
 * also the folder's lock: the constructor throws when another engine has it.
 */
export class ExecutionStore {
  readonly #database: DatabaseSync
  readonly #statements: Record<'insert' | 'get' | 'list' | 'running' | 'end', StatementSync>
  readonly #tasks: Record<'get' | 'put' | 'clear', StatementSync>
  readonly #definitions: Record<'get' | 'put', StatementSync>

  constructor(dataDirectory: string) {
    this.#database = new DatabaseSync(join(dataDirectory, 'executions.db'), { timeout: 0 })
    try {
      this.#database.exec(
        `PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE; ${tables} COMMIT;`,
      )
    } catch (error) {
      this.#database.close()
      throw new Error(`Another local engine uses the data folder ${dataDirectory}`, {
        cause: error,
      })
    }
    const prepare = (sql: string) => this.#database.prepare(sql)
    this.#statements = {
      insert: prepare(
        `INSERT INTO executions (arn, machineArn, name, status, input, startedAt)
         VALUES (:arn, :machineArn, :name, 'RUNNING', :input, :startedAt)`,
      ),
      get: prepare('SELECT * FROM executions WHERE arn = ?'),
      list: prepare(
        'SELECT * FROM executions WHERE machineArn = ? ORDER BY startedAt DESC LIMIT 1000',
      ),
      running: prepare("SELECT * FROM executions WHERE status = 'RUNNING' ORDER BY startedAt"),
      end: prepare(
        `UPDATE executions SET status = :status, output = :output, error = :error, cause = :cause,
         stoppedAt = :stoppedAt WHERE arn = :arn AND status = 'RUNNING'`,
      ),
    }
    this.#tasks = {
      get: prepare('SELECT * FROM tasks WHERE execution = ? AND key = ?'),
      put: prepare(
        `INSERT OR REPLACE INTO tasks (execution, key, token, status, output, error, cause)
         VALUES (:execution, :key, :token, :status, :output, :error, :cause)`,
      ),
      clear: prepare('DELETE FROM tasks WHERE execution = ?'),
    }
    this.#definitions = {
      get: prepare('SELECT * FROM valid_definitions WHERE digest = ?'),
      put: prepare('INSERT OR IGNORE INTO valid_definitions (digest) VALUES (?)'),
    }
  }

  insert(execution: Pick<Execution, 'arn' | 'machineArn' | 'name' | 'input' | 'startedAt'>): void {
    this.#statements.insert.run(execution)
  }

  get(arn: string): Execution | undefined {
    const row = this.#statements.get.get(arn)
    return row && executionSchema.parse(row)
  }

  /** A machine's executions, newest first, 1,000 at most. */
  list(machineArn: string): Execution[] {
    return z.array(executionSchema).parse(this.#statements.list.all(machineArn))
  }

  running(): Execution[] {
    return z.array(executionSchema).parse(this.#statements.running.all())
  }

  /** Records how an execution ended, once; its tasks are of no use any more. */
  end(arn: string, ending: Ending, stoppedAt: number): void {
    this.#statements.end.run({ arn, stoppedAt, ...ending })
    this.#tasks.clear.run(arn)
  }

  task(execution: string, key: string): TaskRecord | undefined {
    const row = this.#tasks.get.get(execution, key)
    return row && taskSchema.parse(row)
  }

  putTask(execution: string, key: string, task: TaskRecord): void {
    this.#tasks.put.run({ execution, key, ...task })
  }

  /** Whether a state machine's definition was found valid at an earlier start. */
  isValid(definition: string): boolean {
    return this.#definitions.get.get(digestOf(definition)) !== undefined
  }

  markValid(definition: string): void {
    this.#definitions.put.run(digestOf(definition))
  }

  close(): void {
    this.#database.close()
  }
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')
