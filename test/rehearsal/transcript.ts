import type { Gate, SlotUpdate } from '../../shared/contracts/brief.ts'
import type { EventData, StudioEvent } from '../../shared/contracts/events.ts'
import { describeElement } from './elements.ts'
import { type Paragraph, padded, paragraph, type Terminal, wrapped } from './terminal.ts'

/** Cells of the column of labels, and of the names of slots. */
const labelCells = 12
const slotCells = 20
const barCells = 24

type Style = Parameters<Terminal['paint']>[0]

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)}초`
const since = (from: number): string => seconds(performance.now() - from)

/** Prints a session's events as they arrive, for people to read. */
export interface Transcript {
  print(event: StudioEvent): void
  /** A line of the transcript's own, under a label. */
  note(label: string, text: string): void
}

class TerminalTranscript implements Transcript {
  readonly #terminal: Terminal
  /** The reply that is being written. */
  #reply: { paragraph: Paragraph; try: number } | undefined
  #turnAt = 0
  #firstDeltaAt: number | undefined
  #stage: { name: string; at: number } | undefined
  #runAt: number | undefined
  /** The last progress of a job that was printed: not every step is worth a line. */
  #progress = 0
  /** The last label: it is not repeated. */
  #label = ''

  constructor(terminal: Terminal) {
    this.#terminal = terminal
  }

  print(event: StudioEvent): void {
    if (event.type !== 'planner.delta') this.#endReply()
    this.#printEvent(event)
  }

  note(name: string, text: string): void {
    this.#endReply()
    this.#block(name, 'dim', [text])
  }

  #labelled(name: string, style: Style): string {
    const shown = name === this.#label ? '' : name
    this.#label = name
    return `  ${this.#terminal.paint(style, padded(shown, labelCells))}`
  }

  #block(name: string, style: Style, lines: string[], hang = 0): void {
    const { columns, line: print } = this.#terminal
    for (const line of lines) {
      const [first = '', ...rest] = wrapped(line, columns - labelCells - 2 - hang)
      print(`${this.#labelled(name, style)}${first}`)
      for (const more of rest) print(`${' '.repeat(labelCells + 2 + hang)}${more}`)
    }
  }

  #endReply(): void {
    this.#reply?.paragraph.end()
    this.#reply = undefined
  }

  #printGate(gate: Gate): void {
    const { paint } = this.#terminal
    const full = Math.round(gate.completeness * barCells)
    const bar = `${'█'.repeat(full)}${'░'.repeat(barCells - full)}`
    const missing = gate.missing_required.join(', ')
    this.#block('게이트', 'yellow', [
      `${paint(gate.ready ? 'green' : 'yellow', bar)} ${Math.round(gate.completeness * 100)}%, 확신 ${gate.confidence.toFixed(2)}`,
      ...(missing === '' ? [] : [paint('dim', `남음: ${missing}`)]),
    ])
  }

  #printSlot({ path, value, confidence, source }: SlotUpdate): void {
    const { paint, columns, line: print } = this.#terminal
    const shown = Array.isArray(value) ? value.join(' / ') : String(value)
    const asked = source === 'suggested' ? ' 제안' : ''
    const lines = wrapped(shown, columns - labelCells - slotCells - 14)
    for (const [index, line] of lines.entries()) {
      const name = padded(index === 0 ? path : '', slotCells)
      const sure = index < lines.length - 1 ? '' : paint('dim', ` ${confidence.toFixed(2)}${asked}`)
      print(`${this.#labelled('브리프', 'cyan')}${name}${paint('bold', line)}${sure}`)
    }
  }

  #printDelta({ text, try: attempt }: EventData<'planner.delta'>): void {
    this.#firstDeltaAt ??= performance.now()
    if (this.#reply?.try !== attempt) {
      this.#endReply()
      const name = attempt === 1 ? '플래너' : '플래너 다시'
      this.#terminal.write(this.#labelled(name, 'magenta'))
      this.#reply = { paragraph: paragraph(this.#terminal, labelCells + 2), try: attempt }
    }
    this.#reply.paragraph.push(text)
  }

  #printStage({ from, to, stage: next }: EventData<'stage.changed'>): void {
    const { paint, line: print } = this.#terminal
    if (this.#stage) {
      const { name, at } = this.#stage
      this.#block('완료', 'green', [paint('green', `${name} ${since(at)}`)])
    }
    this.#stage = next && { name: next, at: performance.now() }
    if (next) {
      this.#runAt ??= performance.now()
      print()
    }
    const states = from === to ? to : `${from} → ${to}`
    this.#block('상태', 'blue', [paint(['blue', 'bold'], next ? `${states} (${next})` : states)])
  }

  #printTurnStart({ turn, message, input }: EventData<'turn.started'>): void {
    this.#turnAt = performance.now()
    this.#firstDeltaAt = undefined
    this.#terminal.line()
    this.#block(`나 ${turn}`, 'bold', [input === 'picture' ? '(사진)' : message])
  }

  #printTurnEnd(state: string): void {
    const first =
      this.#firstDeltaAt === undefined
        ? ''
        : `첫 글자 ${seconds(this.#firstDeltaAt - this.#turnAt)}, `
    const text = `${first}전체 ${since(this.#turnAt)}, ${state}`
    this.#block('턴', 'dim', [this.#terminal.paint('dim', text)])
  }

  #printElement({ kind, item }: EventData<'research.delta'>): void {
    const { label, lines } = describeElement(kind, item)
    this.#block(label, 'cyan', lines, 2)
  }

  #printEvent(event: StudioEvent): void {
    switch (event.type) {
      case 'session.started':
        this.#printSession(event)
        break
      case 'turn.started':
        this.#printTurnStart(event.data)
        break
      case 'planner.delta':
        this.#printDelta(event.data)
        break
      case 'slot.updated':
        for (const update of event.data.slot_updates) this.#printSlot(update)
        this.#printGate(event.data.gate)
        break
      case 'gate.ready':
        this.#printGood('게이트', '열렸습니다 (gate.ready)')
        break
      case 'stage.changed':
        this.#printStage(event.data)
        break
      case 'turn.completed':
        this.#printTurnEnd(event.data.state)
        break
      case 'research.delta':
      case 'strategy.delta':
      case 'creative.delta':
        this.#printElement(event.data)
        break
      case 'voice.delta':
        if ('kind' in event.data) this.#printElement(event.data)
        else this.#block('알아들음', 'cyan', [event.data.transcript])
        break
      case 'run.completed':
        this.#printGood('런', `${event.data.run_id} 완료, ${since(this.#runAt ?? 0)}`)
        break
      case 'asset.ready':
        this.#printGood('파일', `${event.data.asset_type} 완성`)
        break
      case 'asset.failed':
        this.#printError(event.data)
        break
      case 'job.updated':
        this.#printJob(event.data)
        break
      case 'error':
        this.#printError(event.data)
    }
  }

  #printSession({ session_id, data }: StudioEvent & { type: 'session.started' }): void {
    const { locale, mode, state } = data
    this.#block('세션', 'dim', [`${session_id} (${locale}, ${mode}, ${state})`])
  }

  #printGood(name: string, text: string): void {
    this.#block(name, 'green', [this.#terminal.paint(['green', 'bold'], text)])
  }

  #printJob({ type, status, progress, eta_seconds }: EventData<'job.updated'>): void {
    if (status === 'running' && progress < this.#progress + 10 && progress > this.#progress) return
    this.#progress = progress
    const left = eta_seconds === null || eta_seconds === 0 ? '' : `, ${eta_seconds}초쯤 남음`
    const text = `${type} ${status} ${progress}%${left}`
    this.#block('작업', 'dim', [this.#terminal.paint('dim', text)])
  }

  #printError({
    code,
    message,
    stage,
  }: Pick<EventData<'asset.failed'>, 'code' | 'message' | 'stage'>): void {
    const text = `${code} (${stage}): ${message}`
    this.#block('오류', 'red', [this.#terminal.paint('red', text)])
  }
}

export const createTranscript = (terminal: Terminal): Transcript => new TerminalTranscript(terminal)
