import type { Gate, SlotUpdate } from '../../shared/contracts/brief.ts'
import type { EventData, StudioEvent } from '../../shared/contracts/events.ts'
import { tellElement } from './elements.ts'
import { type Paragraph, padded, paragraph, type Terminal, wrapped } from './terminal.ts'

/** Cells of the column of labels, and of the names of slots. */
const labelCells = 12
const slotCells = 20
const barCells = 24

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)}초`

/** Prints a session's events as they arrive, as something that a person likes to read. */
export interface Transcript {
  hear(event: StudioEvent): void
  /** A line of the transcript's own, under a label. */
  note(label: string, text: string): void
}

export const createTranscript = (terminal: Terminal): Transcript => {
  const { paint } = terminal
  const startedAt = performance.now()
  const now = (): number => performance.now() - startedAt
  const since = (from: number): string => seconds(now() - from)

  let reply: { paragraph: Paragraph; try: number } | undefined
  let turnAt = 0
  let firstWordAt: number | undefined
  let stage: { name: string; at: number } | undefined
  let runAt: number | undefined
  let label = ''

  const labelled = (name: string, style: Parameters<Terminal['paint']>[0]): string => {
    const shown = name === label ? '' : name
    label = name
    return `  ${paint(style, padded(shown, labelCells))}`
  }
  const block = (
    name: string,
    style: Parameters<Terminal['paint']>[0],
    lines: string[],
    hang = 0,
  ): void => {
    for (const line of lines) {
      const [first = '', ...rest] = wrapped(line, terminal.columns - labelCells - 2 - hang)
      terminal.line(`${labelled(name, style)}${first}`)
      for (const more of rest) terminal.line(`${' '.repeat(labelCells + 2 + hang)}${more}`)
    }
  }
  const endReply = (): void => {
    reply?.paragraph.end()
    reply = undefined
  }

  const tellGate = (gate: Gate): void => {
    const full = Math.round(gate.completeness * barCells)
    const bar = `${'█'.repeat(full)}${'░'.repeat(barCells - full)}`
    const missing = gate.missing_required.join(', ')
    block('게이트', 'yellow', [
      `${paint(gate.ready ? 'green' : 'yellow', bar)} ${Math.round(gate.completeness * 100)}%, 확신 ${gate.confidence.toFixed(2)}`,
      ...(missing === '' ? [] : [paint('dim', `남음: ${missing}`)]),
    ])
  }
  const tellSlot = ({ path, value, confidence, source }: SlotUpdate): void => {
    const shown = Array.isArray(value) ? value.join(' / ') : String(value)
    const asked = source === 'suggested' ? ' 제안' : ''
    const lines = wrapped(shown, terminal.columns - labelCells - slotCells - 14)
    for (const [index, line] of lines.entries()) {
      const name = padded(index === 0 ? path : '', slotCells)
      const sure = index < lines.length - 1 ? '' : paint('dim', ` ${confidence.toFixed(2)}${asked}`)
      terminal.line(`${labelled('브리프', 'cyan')}${name}${paint('bold', line)}${sure}`)
    }
  }
  const tellDelta = ({ text, try: attempt }: EventData<'planner.delta'>): void => {
    firstWordAt ??= now()
    if (reply?.try !== attempt) {
      endReply()
      terminal.write(labelled(attempt === 1 ? '플래너' : '플래너 다시', 'magenta'))
      reply = { paragraph: paragraph(terminal, labelCells + 2), try: attempt }
    }
    reply.paragraph.push(text)
  }
  const tellStage = ({ from, to, stage: next }: EventData<'stage.changed'>): void => {
    if (stage) block('완료', 'green', [paint('green', `${stage.name} ${since(stage.at)}`)])
    stage = next && { name: next, at: now() }
    if (next) {
      runAt ??= now()
      terminal.line()
    }
    const states = from === to ? to : `${from} → ${to}`
    block('상태', 'blue', [paint(['blue', 'bold'], next ? `${states} (${next})` : states)])
  }
  const tellTurnEnd = (state: string): void => {
    const first = firstWordAt === undefined ? '' : `첫 글자 ${seconds(firstWordAt - turnAt)}, `
    block('턴', 'dim', [paint('dim', `${first}전체 ${since(turnAt)}, ${state}`)])
  }
  const tellPart = ({ kind, item }: EventData<'research.delta'>): void => {
    const { label: name, lines } = tellElement(kind, item)
    block(name, 'cyan', lines, 2)
  }

  const tell = (event: StudioEvent): void => {
    switch (event.type) {
      case 'session.started': {
        const { locale, mode, state } = event.data
        block('세션', 'dim', [`${event.session_id} (${locale}, ${mode}, ${state})`])
        break
      }
      case 'turn.started':
        turnAt = now()
        firstWordAt = undefined
        terminal.line()
        block(`나 ${event.data.turn}`, 'bold', [event.data.message])
        break
      case 'planner.delta':
        tellDelta(event.data)
        break
      case 'slot.updated':
        event.data.slot_updates.forEach(tellSlot)
        tellGate(event.data.gate)
        break
      case 'gate.ready':
        block('게이트', 'green', [paint(['green', 'bold'], '열렸습니다 (gate.ready)')])
        break
      case 'stage.changed':
        tellStage(event.data)
        break
      case 'turn.completed':
        tellTurnEnd(event.data.state)
        break
      case 'research.delta':
      case 'strategy.delta':
      case 'creative.delta':
        tellPart(event.data)
        break
      case 'voice.delta':
        if ('kind' in event.data) tellPart(event.data)
        else block('알아들음', 'cyan', [event.data.transcript])
        break
      case 'run.completed':
        block('런', 'green', [
          paint(['green', 'bold'], `${event.data.run_id} 완료, ${since(runAt ?? 0)}`),
        ])
        break
      case 'error': {
        const { code, message, stage: at } = event.data
        block('오류', 'red', [paint('red', `${code} (${at}): ${message}`)])
      }
    }
  }

  return {
    hear(event) {
      if (event.type !== 'planner.delta') endReply()
      tell(event)
    },
    note(name, text) {
      endReply()
      block(name, 'dim', [text])
    },
  }
}
