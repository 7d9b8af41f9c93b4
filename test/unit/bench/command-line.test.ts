import { describe, expect, it } from 'vitest'
import { readBenchArguments, Usage } from '../../../bench/command-line.ts'

const parts = ['engine', 'log']
const read = (...args: string[]) => readBenchArguments(args, parts)

describe('the command line of the benchmark', () => {
  it('names the parts, or means all', () => {
    expect(read('log', '--quick')).toEqual({ quick: true, save: undefined, names: ['log'] })
    expect(read('--save', 'figures.json')).toMatchObject({ save: 'figures.json', names: parts })
  })

  it.each([['--help'], ['-h'], ['log', '--help']])('answers %s with its usage', (...args) => {
    const usage = read(...args)
    expect(usage).toBeInstanceOf(Usage)
    expect(usage).toMatchObject({
      status: 0,
      text: expect.stringMatching(/^Usage: .*\nParts: engine, log$/),
    })
  })

  it.each([
    [['--slow'], '--slow'],
    [['--save'], '--save'],
    [['--quick=7'], '--quick'],
    [['cold'], 'There is no part cold.'],
  ])('answers %j with what is wrong, its usage and status 2', (args, wrong) => {
    const usage = read(...args)
    expect(usage).toBeInstanceOf(Usage)
    expect(usage).toMatchObject({ status: 2, text: expect.stringContaining(wrong) })
    expect(usage).toMatchObject({ text: expect.stringContaining('\nUsage: node bench/run.ts') })
  })
})
