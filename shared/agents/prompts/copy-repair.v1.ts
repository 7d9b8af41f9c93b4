import type { Locale } from '../../contracts/session.ts'

/** The version that the format of a repair is named after, and what precedes the blocked texts. */
export const copyRepair: { version: string; notice: Readonly<Record<Locale, string>> } = {
  version: 'repair.v1',
  notice: {
    'ko-KR': `앞서 쓴 답변 가운데 blocked 블록의 항목만 광고 심의 규칙에 걸렸습니다. 나머지는 그대로 씁니다.
- blocked의 항목만 새로 씁니다. 한 항목을 그 ref와 함께, item의 형식 그대로 다시 쓰고, id, channel, positioning_id, 시간은 바꾸지 않습니다.
- reasons의 rule, law, explanation이 이유이고 match가 걸린 말입니다. 그 말을 비슷한 말이나 띄어쓰기, 기호로 바꾸어 남기지 말고, 그 주장 자체를 빼세요. 쓰임새와 느낌, 브리프에서 확인된 사실로 바꿔 말합니다.
- 대본이나 자막을 고칠 때도 길이, 문장 수, 시간의 조건은 그대로입니다.`,
    'en-US': `Of your previous answer only the items of the blocked block met rules of advertising law. The rest stands.
- Write only the items of blocked again: each with its ref and in the form of its item. Do not change id, channel, positioning_id or times.
- The rule, law and explanation of reasons say why, and match is what was met. Do not keep the claim in other words, spacing or symbols: leave the claim itself out. Speak of use, feeling and facts that the brief confirms.
- Where a script or subtitles are written again, the limits of length, sentences and times are the same.`,
  },
}
