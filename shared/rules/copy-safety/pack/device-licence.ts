import { paper } from './claims.ts'

/** A licence whose purpose names the effect. */
export const licence = (subject: string) =>
  paper(
    new RegExp(
      `(?:${subject})[^.!?\\n]{0,80}(?:허가|인증|신고|사용\\s?목적|licen[sc]|cleared|approved)|(?:허가|인증|신고|사용\\s?목적|licen[sc]|cleared|approved)[^.!?\\n]{0,80}(?:${subject})`,
      'u',
    ),
    '이 효능·효과가 사용목적에 적힌 의료기기 허가·인증·신고',
    'A licence of the medical device whose purpose states this effect',
  )
