/** Pieces of patterns that several families of food rules share: strings, since they are put together. */

/** What a food is said to do to an illness that stands before it. */
const effectAfter = String.raw`(?:예방|치료|완치|치유|개선|완화|호전|회복|극복|탈출|졸업|퇴치|해결|해소|억제|방지|차단|타파|잡(?:아|는|고|았|기|습)|막(?:아|는|고|았)|낫(?:게|는|고|습|다)|나(?:았|아\s*[지졌])|고(?:친|쳐|치[는고며]|칠|쳤)|없(?:애|앤|어[지졌])|사라[지져졌진]|낮(?:춰|추|췄|아[지졌])|내려[가갔]|떨어[지져졌뜨]|줄(?:여|이는|이고|였|어[들든])|이[겨긴길]|물리[치쳐]|안녕|굿바이|해방|뚝|싹\s|좋(?:은|아|다고|습니)|효과|효능|효험|특효|직빵|즉효|명약|도움|걱정\s*(?:끝|없|마|뚝|제로|이제)|끝(?:내|냈|!|$))`

/** The same, before the illness. */
const effectBefore = String.raw`(?:완치(?:한|된|시키는)|이겨\s*낸|극복한|(?:치료|예방|개선|완화|억제|방지|차단|퇴치)(?:하는|해\s*주는|해주는|에|가\s*되는)|막아\s*주는|잡아\s*주는|고치는|낫게\s*하는|없애\s*주는|없애는|낮춰\s*주는|낮추는|좋은)`

/** A pattern for an illness that a food is said to act upon, in either order, within one sentence. */
export const illnessClaim = (illness: string, others?: RegExp): RegExp =>
  new RegExp(
    `(?:${illness})[^.!?\\n]{0,14}?${effectAfter}|${effectBefore}[^.!?\\n]{0,6}?(?:${illness})${others === undefined ? '' : `|${others.source}`}`,
    'u',
  )

/** Cautions and the sentence that the law itself demands, wherever an illness is named in them. */
export const illnessCautions: readonly RegExp[] = [
  /질병의?\s*(?:예방|치료)[^.!?\n]{0,20}(?:의약품|효능|효과)[^.!?\n]{0,6}아[닙니]/u,
  /[^.!?\n]{0,10}(?:환자|질환|질병|증상|치료|복용|병력)[^.!?\n]{0,16}(?:전문가|의사|의료진|병원|약사)[^.!?\n]{0,8}(?:상담|상의|문의|진료|방문)[^.!?\n]{0,12}/u,
  /[^.!?\n]{0,10}(?:환자|질환|증상|복용\s*중|이상\s*사례)[^.!?\n]{0,16}(?:주의|피하|삼가|중단|금지)[^.!?\n]{0,12}/u,
  /[^.!?\n]{0,16}(?:예방의\s*날|캠페인|기부|후원|성금|연구소에)[^.!?\n]{0,16}/u,
]

/** The form in which an ordinary food may speak of a function: «is known to help», with the disclaimer. */
export const functionalLabelling: readonly RegExp[] = [
  /[^.!?\n]{0,40}도움을?\s*줄\s*수\s*있다고\s*알려진[^.!?\n]{0,40}/u,
]
