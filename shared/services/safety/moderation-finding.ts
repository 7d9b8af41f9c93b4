import type { CopyFinding } from '../../contracts/copy-safety.ts'
import type { Locale } from '../../contracts/session.ts'

const wording = {
  law: {
    'ko-KR': 'AI 제공자의 이용 정책',
    'en-US': "The AI provider's usage policies",
  },
  explanation: {
    'ko-KR': 'AI 제공자의 유해성 검사가 이 문구를 내보내면 안 되는 것으로 분류했습니다.',
    'en-US': "The provider's moderation classified this text as one that must not go out.",
  },
} as const satisfies Record<string, Record<Locale, string>>

/** `hate/threatening` as `hate.threatening`; a server may name anything, and the name goes into the log. */
const categoryName = (category: string): string =>
  category
    .toLowerCase()
    .replaceAll('/', '.')
    .replace(/[^a-z0-9._-]+/g, '_')
    .slice(0, 40)

/** What the provider's moderation flagged, in the form of a rule's finding. Nothing allows it. */
export const moderationFinding = (
  category: string,
  match: string,
  locale: Locale,
): CopyFinding => ({
  rule: `moderation.${categoryName(category)}`,
  severity: 'block',
  law: wording.law[locale],
  match,
  explanation: wording.explanation[locale],
  allowed_by: null,
})
