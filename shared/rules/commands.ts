import { foldedText } from './contact-points.ts'

/**
 * Sentences that are addressed to a model instead of a reader. What is stored as a fact is none of them.
 * Ads speak to their readers in the same tone ("forget the rules", "이제 너는 빛나", "print your message"),
 * and products are about models: a sentence has to name instructions, a model's role or its output.
 */
const noun = '(?:instructions?|prompts?|directives?|guidelines?|messages?|context)'
const words =
  '(?:all|any|the|your|these|those|previous|prior|above|earlier|preceding|former|system|its|own|of|given|original|\\s)'
const earlier = '(?:previous|prior|above|earlier|preceding|former|system|original|given)'
const role =
  '(?:ai|llm|assistants?|bots?|chatbots?|language model|dan|admin(?:istrator)?|root|developer|unrestricted|jailbroken|hackers?|no longer bound)'
const saying =
  '(?:write|include|insert|recommend|say|output|add|send|call|set|append|mention|answer|respond|reply|obey|report)'
const must = '(?:must|should|shall|have to|need to|will|are (?:required|instructed|told) to)'

/** Nouns that mean a model's instructions wherever they are disregarded, and those that need more than that. */
const told = '(?:지시|명령|지침|안내문|프롬프트|가이드라인)'
const vague = '(?:규칙|안내|설정|제약|대화|내용|요청|말)'
const before =
  '(?:이전|(?<![가-힣])위|(?<![가-힣])앞|앞선|기존|지금까지|모든|원래|(?<![가-힣])받은|시스템)'
const disregard =
  '(?:무시(?:하고|하며|하세요|하라|하십시오|해|할 것)|잊(?:고|어|으)|어기(?:고|라|세요)|따르지\\s?(?:말|마|않)|버리(?:고|라|세요))'
const ordered =
  '(?:작성|출력|추가|삽입|추천|포함|언급|호출|표시|인용)(?:하라|하시오|하십시오|해라|할 것(?=[.!"\'”’\\s]*(?:$|\\n)|[.!]))|써라|쓰시오|넣어라|보내라'
const model = '(?:ai|인공지능|챗봇|언어\\s?모델|어시스턴트|ai\\s?(?:모델|비서|에이전트))'

const commands = [
  new RegExp(
    `\\b(?:ignore|disregard|forget|override|bypass|skip|discard|drop)\\b${words}{0,12}\\b(?:${earlier}|your)\\s${words}{0,8}${noun}`,
    'u',
  ),
  new RegExp(
    `\\b(?:ignore|disregard|forget|override|bypass|skip|discard|drop)\\b${words}{0,12}\\b${earlier}\\s${words}{0,8}rules?\\b`,
    'u',
  ),
  new RegExp(
    `\\b(?:ignore|disregard|override|bypass)\\b${words}{1,12}(?:instructions?|prompts?|directives?)`,
    'u',
  ),
  /\b(?:ignore|disregard|override|bypass)\s(?:all|any)\srules?\b/u,
  new RegExp(
    `\\b(?:ignore|disregard|forget)\\b${words}{1,8}(?:everything|${noun}|rules)?\\s?(?:above|so far)\\b`,
    'u',
  ),
  /\b(?:ignore|disregard|forget)\s(?:everything|anything|all)\s(?:that is\s|written\s)?above\b/u,
  /\b(?:reveal|print|repeat|show|output|display|leak|expose|return|recite|translate|encode|tell)\b[^.!?\n]{0,40}\b(?:(?:system|developer)\s(?:prompt|instructions?|message|rules?)|(?:hidden|initial|secret)\s(?:prompt|instructions)|your (?:own )?(?:prompt|instructions)\b)/u,
  new RegExp(`\\byou are now\\s(?:an?\\s|the\\s)?(?:[a-z]{2,15}\\s){0,2}${role}\\b`, 'u'),
  /\byou are no longer\s(?:bound|restricted|an? (?:ai|assistant|model))\b/u,
  new RegExp(
    `\\bfrom now on,?\\s(?:you|the assistant)\\s(?:(?:${must}|are to|only|always|never)\\s)*(?:${saying}|act|follow|ignore|speak)\\b`,
    'u',
  ),
  new RegExp(
    `\\bpretend (?:to be|you are|you’re|you're)\\s(?:an?\\s|the\\s)?(?:[a-z]{2,15}\\s){0,2}${role}\\b`,
    'u',
  ),
  /\bact as (?:an? )?(?:unrestricted|dan|admin|root|developer)\b/u,
  /\b(?:developer|god|admin|debug|jailbreak|dan) mode\s(?:is\s)?(?:now\s)?(?:enabled|activated|on[.!]?$)|\b(?:enter|enable|activate)\s(?:the\s)?(?:developer|god|admin|debug|jailbreak|dan) mode/mu,
  /(?:^|\n)\s{0,4}(?:system|assistant|developer)\s(?:prompt|message)\s{0,2}:/u,
  // What a product's list of data says of its system is short, and asks for nothing.
  /(?:^|\n)\s{0,4}(?:system|assistant|developer|시스템|관리자)\s{0,2}(?:메시지|명령|지시)?\s{0,2}:(?:[^\n]{40}|[^\n]{0,60}(?:\b(?:you|your|always|never|must|ignore|say|price is|respond|answer)\b|무시|너는|당신은|반드시|항상|(?:하|해)라|(?:으)?로$|추천해|출력|저장))/mu,
  /\b(?:new|updated|important|urgent) (?:system )?instructions?\s{0,2}(?::|for (?:the )?(?:ai|model|assistant|llm|agent))/u,
  /\b(?:attention|note to|message to|dear)\s(?:all )?(?:ai|llm|language model|assistant|chatbot|gpt)s?\b/u,
  new RegExp(
    `\\b(?:ai|llm|ai assistant|ai agent|ai model|language model|assistant|chatbot)s?(?:\\s(?:reading|processing|summari[sz]ing|that reads?)[^.!?\\n]{0,30})?,?\\s${must}\\s(?:also\\s|always\\s|only\\s|not\\s|never\\s)?${saying}\\b`,
    'u',
  ),
  new RegExp(
    `\\b(?:model|agent|anyone|ai|llm)s? (?:reading|processing|summari[sz]ing) (?:this|it)\\b[^.!?\\n]{0,30}\\b${must}\\b`,
    'u',
  ),
  new RegExp(`${before}[^.!?\\n]{0,20}(?:${told}|${vague})[^.!?\\n]{0,12}${disregard}`, 'u'),
  new RegExp(
    `${told}(?:사항)?(?:은|는|을|를|들을)?\\s?(?:모두|전부|다|싹)?\\s?(?:무시(?:하고|하세요|해|하라|할 것|하십시오)|잊(?:고|어|으))`,
    'u',
  ),
  /규칙(?:은|을)?\s?(?:모두|전부|다|싹)?\s?무시(?:하고|하세요|해|하라|하십시오)/u,
  /(?:시스템|숨겨진|숨은|내부|너의|당신의|네)\s?(?:프롬프트|지시문|안내문|지침|명령문)[^.!?\n]{0,20}(?:출력|공개|보여|알려|말해|적어|번역|반복|나열|내놓)/u,
  /(?:지금부터|이제부터|이제|앞으로)\s?(?:너는|넌|당신은|네가)\s[^.!?\n]{0,25}(?:ai|인공지능|챗봇|어시스턴트|언어\s?모델|해커|제한 없|(?:답|출력|작성|대답|추천)(?:해야|하라|해라|한다|할 것)|붙(?:여야|여라))/u,
  /(?:지금부터|이제부터|앞으로)\s?(?:ai는|모델은)\s/u,
  /(?:개발자|관리자|디버그|탈옥|무제한)\s?모드(?:로|를|을|에)?\s?(?:전환|진입|활성화|들어가|실행|켜)(?:[.!]?$|하라|해라|해\s?줘|해(?=[.!\s]|$)|하세요|하십시오|라(?=[.!\s]|$)|줘)/mu,
  new RegExp(`${model}(?:는|은|에게|가|라면)\\s[^.!?\\n]{0,60}(?:${ordered})`, 'u'),
  new RegExp(
    `(?:다음(?: 단계의)?|이 글을 (?:읽는|요약하는))\\s?(?:모델|에이전트|비서)[^.!?\\n]{0,60}(?:${ordered})`,
    'u',
  ),
  // Other languages of people and pages: the one sentence that most attacks begin with.
  /\bignore[rz]?\s(?:toutes?\s)?(?:les|vos|tes)\s(?:[\p{L}]+\s)?(?:instructions|consignes|règles)/u,
  /\bignor(?:a|ar|ad|e)\s(?:todas\s)?(?:las|tus|sus)\s(?:[\p{L}]+\s)?(?:instrucciones|reglas)/u,
  /\bignorier\p{L}{0,3}\s(?:\p{L}+\s){0,3}(?:anweisung|instruktion|vorgabe)/u,
  /(?:以前|これまで|上記|すべて|全て|前)の?[^。\n]{0,8}(?:指示|命令|ルール|プロンプト)[^。\n]{0,6}(?:無視|忘れ)/u,
  /(?:忽略|无视|無視|忘记|忘記)[^。\n]{0,10}(?:指令|指示|提示|规则|規則|说明|說明)/u,
  // Russian, as it is after lookalikes were folded.
  /(?:игhopиpy|зaбyд)[^.!?\n]{0,30}(?:иhctpykц|ykaзahи)/u,
]

/** `ignore_all-previous` as well, and `이 전 지 시`: runs of single letters are joined. */
const plainWords = (text: string): string =>
  foldedText(text)
    .replace(/[^\S\n]+|(?<=[a-z])[_-]+(?=[a-z])/g, ' ')
    .replace(/(?<![\p{L}\p{N}])(?:\p{L} ){4,80}\p{L}(?![\p{L}\p{N}])/gu, (run) =>
      run.replaceAll(' ', ''),
    )

export const isCommand = (text: string): boolean => {
  const plain = plainWords(text)
  return commands.some((pattern) => pattern.test(plain))
}
