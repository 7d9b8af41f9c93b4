import { ends } from './betterment.ts'
import { cold, disc, headache } from './homonyms.ts'

/** What people suffer from, as device and bracelet sellers name it. */
export const ailments = `통증|근육통|관절염?|${disc}|요통|결림|오십견|불면증?|고혈압|저혈압|혈압|당뇨|혈당|비염|축농증|중이염|코골이|수면\\s?무호흡|이명|난청|우울증|치매|탈모|여드름|아토피|습진|비만|변비|요실금|방광염|전립선|하지정맥류|족저근막염|무좀|근시|노안|시력|안구\\s?건조증?|${headache}|편두통|생리통|거북목|일자목|척추\\s?측만증?|휜\\s?다리|평발|무지외반증|골반\\s?(?:틀어짐|불균형)|손목\\s?터널|수족냉증|부종|어지럼증|천식|위염|잇몸\\s?(?:질환|병)|치주염?|충치|치석|풍치|${cold}|알레르기|신경통|류머?티[즘스]|골다공증|통풍|갑상선|부정맥|협심증|치질|소화불량|역류성\\s?식도염|위장병|장염|백내장|녹내장|난시|건초염|엘보|회전근개|라운드\\s?숄더|피부염|청력|골절|저림`
export const ailmentsEn =
  '(?:back|neck|knee|joint|chronic|muscle|nerve|foot|menstrual) pain|pain|insomnia|snoring|arthritis|tinnitus|sleep apnea|plantar fasciitis|sciatica|scoliosis|migraines?|headaches?|carpal tunnel|neuropathy|anxiety|depression|hypertension|high blood pressure|diabetes|varicose veins|gingivitis|gum disease'

/** What no device or sundry may claim, whatever it is licensed for. */
export const graveDiseases =
  '(?<![가-힣])암(?=[을이세도은과엔에까\\s])|항암|종양|에이즈|치매|파킨슨|뇌졸중|중풍|심장병|심근경색|간염|폐렴|코로나(?:19)?|독감|말라리아|뎅기열|백혈병|간경화|신부전|자폐|조현병|\\b(?:cancer|tumou?rs?|alzheimer|dementia|parkinson|covid(?:-?19)?|malaria|autism|hiv)'

export const cureVerbs = `치료|고[쳐치친]|완치|낫[게는습다고]|나아[지졌진집]|나았|없[애앤앨앴]|없어[지졌진집]|해결|사라|뿌리|펴[지졌진집]|교정|붙었?어|내려[가갔간갑]|내린다|낮[아추춰]|떨어뜨|예방|퇴치|막아|차단|회복|재생|잡[아는]|정상(?:으로|화)|좋아[지졌진집]|녹[는이]|맑게|다스[리려린]|되살[아리려]|돌아[오옵온와]|바로\\s?(?:서|섭|잡)|섭니다|줄[여이어]|${ends}`

/** A maker that names its licensed purpose says no more than it may. */
export const namedPurpose =
  /사용\s?목적\s?(?::|은|을|이)?\s?[^.!?\n]{0,40}|(?:광고\s?)?심의필\s?(?:번호\s?)?:?\s?제?\s?\d[\d\-a-z]{4,}|(?:제허|제인|제신|수허|수인|수신)\s?\d{2}-?\s?\d+/u
