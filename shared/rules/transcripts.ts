/**
 * What a transcript becomes: a message, or nothing said. A transcriber that hears no speech writes what
 * its training had there: sound in brackets, or the closing words of broadcasts and films.
 */
import { blank, noWidth } from '../contracts/blanks.ts'
import { messageLimit } from '../contracts/session.ts'
import { normalized, textViolations } from '../contracts/text.ts'

/**
 * How the provider rates that there was speech: `none`, it would drop the text itself; `doubtful`, it
 * heard none and wrote a text all the same; `likely`. Undefined where it does not say, or is undecided.
 */
export type SpeechRating = 'none' | 'doubtful' | 'likely' | undefined

/** A name of a sound in brackets or between notes, as `[BLANK_AUDIO]`, `(음악)`, `*sighs*`, `<|nospeech|>`, `♪ 음악 ♪`. */
const soundName =
  /\[[^\]]{0,80}\]|\([^)]{0,80}\)|（[^）]{0,80}）|【[^】]{0,80}】|<[^>]{0,80}>|\*[^*]{1,80}\*|[♩-♬][^♩-♬]{0,80}[♩-♬]/g

/** Letters and digits that show: fillers of Hangul are letters too. */
const word = new RegExp(`[[\\p{L}\\p{N}]--[${noWidth}${blank}]]`, 'v')
const hasWords = (text: string): boolean => word.test(text)

/** Letters and digits alone, in lower case: how the phrases below are written. */
const bare = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/**
 * What broadcasts end with and credits say, each as a whole sentence. No message to this product would be
 * one of them alone, so they count as nothing said unless the provider is sure that it heard speech.
 */
const broadcastPhrases: readonly RegExp[] = [
  /^(오늘도|지금까지|끝까지|여기까지)?(영상을?)?(끝까지)?(시청|시청을|봐|들어|청취)?(해)?주셔서(정말|대단히|너무)?(감사합니다|고맙습니다)$/,
  /^(시청|청취)(을|해)?(주신|하신)?(여러분)?(감사합니다|고맙습니다)$/,
  // Names 구독, or the button: 좋아요 and 좋아요, 부탁드려요 are what a person answers.
  /^(?=.{1,80}$)(?=.*(구독.*(좋아요|알림|부탁|눌러|해주세요)|좋아요.*(구독|눌러)))(영상이|도움이되셨다면|재미있게보셨다면|재밌게보셨다면|채널|구독|좋아요|댓글|알림설정|알림|버튼|과|와|및|하고|이랑|까지|도|꼭|많이|한번|부탁드립니다|부탁드려요|부탁해요|눌러주세요|해주세요)+$/,
  /^(지금까지)?(mbc|kbs|sbs|ytn|jtbc|tv조선|채널a|연합)뉴스(데스크)?(\p{L}{2,4}(입니다|이었습니다|였습니다))?$/u,
  /^(그럼)?(저는|우리는|저희는)?다음(영상|시간|이시간)에(서|도)?(또|다시)?(만나요|만나겠습니다|뵙겠습니다|뵐게요|봬요)$/,
  /^(지금까지)?(뉴스데스크|뉴스투데이|뉴스스토리|신선한경제|이시각세계)였습니다$/,
  /^(한글|한국어)?자막(제작|제공|협찬)?by.{1,40}$/,
  /^자막(제작|제공)?(및자막을사용하였습니다|amaraorg)$/,
  /^이영상은유료광고를포함하고있습니다$/,
  /^자막은설정에서선택하실수있습니다$/,
  /^(?=.{1,120}$)((and|please|dontforgetto|rememberto)*((thanks|thankyou)(somuch|verymuch|all|everyone)?for(watching|listening|viewing)(thisvideo|myvideo|everyone)?|(like|comment|share|and)*subscribe(tomychannel|tothechannel|formore|formorevideos)?|(illsee|see)you(inthenext(video|one)|nexttime)))+$/,
  /^(subtitles?|captions?|captioning|transcription|transcribed|translated)(and\p{L}+)?by.{1,60}$/u,
  /^ご視聴ありがとうございました$/,
  /^(谢谢|感谢)(大家)?(观看|收看)$/,
  /^字幕(制作|製作|志愿者|志願者)?by.{1,40}$/,
  /^チャンネル登録(を)?(お願いします|よろしくお願いします)$/,
]

/** What a person says too, in passing: nothing where the provider heard no speech, or beside the end of a broadcast. */
const passingPhrases: readonly RegExp[] = [
  /^(네|예|음|어|아|응|감사합니다|고맙습니다|수고하셨습니다|안녕히계세요|안녕)+$/,
  /^(you|thankyou|thanks|bye|okay|ok|so|oh|um|uh|hmm|the|yeah)+$/,
]

const sentences = (text: string): string[] =>
  text
    .split(/[.!?。！？…\n]+/)
    .map(bare)
    .filter((sentence) => sentence !== '')

const isBroadcast = (sentence: string): boolean =>
  broadcastPhrases.some((phrase) => phrase.test(sentence))
const isPassing = (sentence: string): boolean =>
  passingPhrases.some((phrase) => phrase.test(sentence))

const isNothingSaid = (transcript: string, rating: SpeechRating): boolean => {
  const text = transcript.replaceAll(soundName, ' ')
  if (!hasWords(text) || rating === 'none') return true
  if (rating === 'likely') return false
  // Whole as well: a name may hold a full stop.
  return [sentences(text), [bare(text)]].some(
    (parts) =>
      parts.every((part) => isBroadcast(part) || isPassing(part)) &&
      (rating === 'doubtful' || parts.some(isBroadcast)),
  )
}

export type JudgedTranscript =
  | { kind: 'said'; text: string }
  | { kind: 'nothing' }
  /** It breaks this rule for text; holds no character of it. */
  | { kind: 'broken'; rule: string }

/** Judges a whole transcript. What is said is normalized and satisfies the rule for text. */
export const judgeTranscript = (transcript: string, rating?: SpeechRating): JudgedTranscript => {
  const bounds = { min: 0, max: messageLimit, multiline: true }
  const violation = textViolations(transcript, bounds).find(
    ({ rule }) => rule !== 'NOTHING_VISIBLE',
  )
  if (violation) return { kind: 'broken', rule: violation.message }
  const text = normalized(transcript)
  return isNothingSaid(text, rating) ? { kind: 'nothing' } : { kind: 'said', text }
}
