import { foldedText } from './contact-points.ts'

/**
 * Sentences that are addressed to a model instead of a reader. What is stored as a fact is none of them;
 * a product that is about models ("a course on system prompts") is not meant.
 */
const rules = '(?:instructions?|prompts?|rules?|directives?|guidelines?|messages?|context)'
const earlier =
  '(?:all|any|the|your|these|those|previous|prior|above|earlier|preceding|former|system|its|own|of|given|original|\\s)'
const told = '(?:지시|명령|규칙|지침|안내문|안내|프롬프트|설정|제약|가이드라인|대화|내용|요청)'
const commands = [
  new RegExp(
    `\\b(?:ignore|disregard|forget|override|bypass|skip|discard|drop)\\b${earlier}{1,12}${rules}`,
    'u',
  ),
  /\b(?:reveal|print|repeat|show|output|display|leak|expose|return|recite|translate|encode|tell)\b[^.!?\n]{0,40}\b(?:system|hidden|initial|secret|developer|your)\s(?:prompt|instructions?|message|rules?)/u,
  /\byou are (?:now|no longer)\b|\bfrom now on,? you\b|\bpretend (?:to be|you are)\b|\bact as (?:an? )?(?:unrestricted|dan|admin|root|developer)/u,
  /\b(?:developer|god|admin|debug|jailbreak|dan) mode\b[^.!?\n]{0,30}\b(?:on|enabled?|activated?|enter)|\b(?:enter|enable|activate)\b[^.!?\n]{0,20}\b(?:developer|god|admin|debug|jailbreak|dan) mode/u,
  /(?:^|\n)\s{0,4}(?:system|assistant|developer|시스템|관리자)\s{0,2}(?:prompt|message|메시지|명령|지시)?\s{0,2}:/u,
  /\b(?:new|updated|important|urgent) (?:system )?instructions?\s{0,2}(?::|for (?:the )?(?:ai|model|assistant|llm|agent))/u,
  /\b(?:attention|note to|message to|dear)\s(?:all )?(?:ai|llm|language model|assistant|agent|chatbot|gpt)s?\b/u,
  /\b(?:ai|llm|assistant|agent|model|chatbot)s?\b[^.!?\n]{0,30}\b(?:must|should|have to|shall|need to)\b[^.!?\n]{0,60}\b(?:write|include|insert|recommend|say|output|add|send|call|set|append|mention)\b/u,
  new RegExp(
    `(?:이전|위|앞|앞선|기존|지금까지|모든|원래|받은|시스템)[^.!?\\n]{0,20}${told}[^.!?\\n]{0,12}(?:무시|잊|어기|따르지|지우|버리|취소)`,
    'u',
  ),
  new RegExp(
    `${told}(?:은|는|을|를|들을|사항을|사항은)?\\s?(?:모두|전부|다|싹)?\\s?(?:무시|잊어)(?:하고|하세요|해|하라|할 것|버리|라|하십시오)`,
    'u',
  ),
  /(?:시스템|숨겨진|숨은|내부|너의|당신의|네)\s?(?:프롬프트|지시문|안내문|지침|명령문)[^.!?\n]{0,20}(?:출력|공개|보여|알려|말해|적어|번역|반복|나열|내놓)/u,
  /(?:지금부터|이제부터|이제|앞으로)\s?(?:너는|넌|당신은|네가|ai는|모델은)\s/u,
  /(?:개발자|관리자|디버그|탈옥|무제한)\s?모드[^.!?\n]{0,12}(?:전환|진입|활성|켜|들어가|실행)/u,
  /(?:ai|인공지능|챗봇|모델|어시스턴트|비서|에이전트)(?:는|은|에게|가|라면)\s[^.!?\n]{0,60}(?:작성하라|써라|쓰시오|출력하라|추가하라|삽입하라|추천하라|말하라|포함하라|넣어라|보내라|호출하라|할 것)/u,
]

export const isCommand = (text: string): boolean => {
  const folded = foldedText(text).replace(/[^\S\n]+/g, ' ')
  return commands.some((pattern) => pattern.test(folded))
}
