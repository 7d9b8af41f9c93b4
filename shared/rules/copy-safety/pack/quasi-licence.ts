import { paper } from './claims.ts'

/** A licence that states the effect. */
export const licence = (subject: string) =>
  paper(
    new RegExp(
      `(?:${subject})[^.!?\\n]{0,80}(?:허가|품목\\s?신고|효능\\s?[·․]?\\s?효과|licen[sc]|approved)|(?:허가|품목\\s?신고|의약외품|licen[sc]|approved)[^.!?\\n]{0,80}(?:${subject})`,
      'u',
    ),
    '이 효능·효과가 적힌 의약외품 품목허가(신고)',
    'The licence of the quasi-drug that states this effect',
  )

/** `충치 예방 (의약외품 허가 효능·효과)`: the copy names the licensed effect as such. */
export const namedLicence =
  /[^.!?\n]{0,60}(?:예방|제거|완화|유지|보호|기피|차단)[^.!?\n]{0,10}(?:도움|효능|효과)[^.!?\n]{0,8}의약외품[^.!?\n]{0,30}|\(의약외품\)[^.!?\n\d%]{0,40}|[^.!?\n]{0,60}\(?(?:의약외품[^.!?\n]{0,6}(?:허가|신고|kf\s?\d+)|허가\s?(?:받은\s?)?효능)[^.!?\n]{0,14}/u
