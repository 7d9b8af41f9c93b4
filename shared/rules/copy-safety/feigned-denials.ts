/** What looks like the denial of a claim and is none. Pieces of patterns: strings, since they are put together. */

/** In front of `안 됩니다`, which urges behind `놓치면`. */
export const unurged = String.raw`(?<!(?:놓치|미루|미뤄두|잊으|지나치|늦으|빼먹으|모르|망설이|고민하|없으|안\s?(?:사|쓰|보))면\s?)`

/** In front of `금지`: not of what else is forbidden beside a claim, as in `무단 복제 금지`. */
export const ofWords = String.raw`(?<!(?:도용|복제|전재|캡처|배포|퍼가기|중복|양도|재판매|반품|환불|출입|주차|흡연|촬영)[은는을를도이가]?\s?)`

/** `과장`, but neither `과장 없습니다` nor `과장이 아닙니다`. */
export const untrue = String.raw`(?:과장|거짓(?!말처럼)|오해|속설|미신)(?!(?:말|\s?광고)?[이은도가]?\s?(?:하나\s?|전혀\s?|1도\s?|절대\s?|조금도\s?)?(?:없|아니|아닙|아닌|no\b|0|제로|안\s|하지\s?않|마세))`

/** `불법입니다`, but not `불법 복제품`. */
export const unlawful = '(?:불법|위법)(?=입|이[에라며고지]|임|$|[.])'

/** In front of `없`: that trouble is absent denies no effect. */
export const notTrouble = String.raw`(?<!(?:걱정|부작용|재발|실패|자극|후회|문제|고민|부담|위험|통증|불편|흉터|요요|스트레스|불만|과장|거짓)[은는이가도을를]?\s?(?:할\s?(?:일|필요|수)[은는이가도]?\s?|(?:전혀|하나도|절대|거의|일절)\s?)?)`

/** In front of `않`: that trouble does not return denies no effect. */
export const notReturning = String.raw`(?<!(?:재발하|재발되|생기|돌아오|도지|걱정하|아프|따갑|실패하|후회하|번지|(?<![가-힣])나|남|멈추)지[는도]?\s?)`

/** In front of `아닙니다`: `꿈이 아닙니다` denies no effect. */
export const notDreamt = String.raw`(?<!(?:꿈|거짓말?|과장|농담|빈말|우연|문제|(?:어려운|남의|먼)\s?(?:일|얘기|이야기))[이도은만]?\s?)`

/** The answer yes. */
export const yes = String.raw`["'“‘「『]{0,2}(?:(?:네|예|넵|응)(?=[,.!~\s]|$)|그럼(?!에도)|물론(?!\s?(?:아니|아닙))|당연(?!\s?히?\s?(?:아니|아닙|안))|맞(?:습|아요)|그렇(?:습니다|죠|고말))`

/** Behind a doctor that comes first, or is needed: the sentence spares the visit. */
export const sparing = String.raw`(?:[가는도조차로]{0,2}\s?(?:없|치\s?않|하지\s?(?:도\s?)?않|안\s?하))|[^.!?\n]{0,10}(?:(?:찾|가|보|받|들르|예약하|의지하|믿)지\s?(?:도\s?|는\s?)?(?:마|말|않)|필요[가는도]?\s?(?:없|치\s?않|하지\s?않)|안\s?(?:가|찾|받)|(?:갈|볼|할)\s?일[은이도]?\s?없|전에|말고|대신(?!하|할)|없이)`
