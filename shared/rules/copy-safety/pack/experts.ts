/** What experts do with a product in a copy, or in the description of a picture. */
const vouch =
  '테스트|시험|합격|진단|진료|조제|치료|논하|권함|찬양|증언|장담|약속|입을\\s?모|클론|복제|녹음|사\\s?주|바꾼|바꿨|딸|아내|붙여|붙이|내준|내줬|내줍|적는|적고|연다|열[고며어]|뚜껑|답[한하합]|분한|분해|건넨|건네|조제|나눠|나누|칠판|집는|집어|놓[는고으]|출신|의견|한마디|눈높이|고른|고르|골라|골랐|택한|택했|뽑은|뽑았|꼽은|꼽았|엄선|참여|손잡|협업|두고\\s?쓰|먹이|먹는|먹고|챙겨|칭찬|놀[란라랐]|밝[힌혔히]|알려|알리|전하|전해|가르|짚어|짚으|가리[켜킨키]|내밀|내미|웃|미소|목소리|카메라|말한|말했|인터뷰|귀띔|집어|비결|노하우|비법|추천|권[하해했한합]|개발|만든|만들|설계|연구|감수|자문|처방|보증|인정|공인|인증|지정|극찬|강추|픽|pick|선택|사용|쓰[는던]|쓴|쓸|씁|애용|찾는|찾습|바르|발라|설명|소개|들고|들어|건네|보여|말하|말합|조언|코칭|검증|믿고|반한|1위|선호|등장|나와|제안|엄지|고개|복장|차림|분장|역할|처럼\\s?보|같은\\s?(?:인물|모델|캐릭터)|캐릭터|모습'
const vouchEn =
  'recommend|develop|formulat|approv|endors|creat|design|trust|prescrib|use|using|choose|chosen|choice|love|favorite|vouch|hold|present|explain|show|point|appl|introduc|advis|demonstrat|smil|talk|says|swear'

/** A Korean word for an expert that then vouches: particles and a few words may stand between. */
export const vouching = (expert: string): RegExp =>
  new RegExp(
    `(?:${expert})(?:님|들|선생님)?(?:이|가|도|와|과|의|께서|에게|,)?(?:[^.!?\\n]{0,24}?)(?:${vouch})|(?:${expert})\\s?[^.!?\\n]{0,8}(?:입니다|이에요|예요)`,
    'u',
  )
export const vouchingEn = (expert: string): RegExp =>
  new RegExp(
    `\\b(?:${expert})s?\\b[^.!?\\n]{0,60}?\\b(?:${vouchEn})|\\b(?:recommend|develop|formulat|approv|endors|creat|design|trust|prescrib|used|chosen|loved)[a-z]* (?:and [a-z]+ )?by [^.!?\\n]{0,30}?\\b(?:${expert})s?\\b`,
    'u',
  )

export const doctor =
  '(?<![가-힣])의사(?!소통|결정|표현|표시|당|록|항|를\\s?(?:밝|존중|묻)|\\s?(?:소통|결정|표현))|(?<=[ ]|과|가정|전문|ai\\s?|여|남|담당|수련)의사(?!소통|결정|표현|표시)|전문의|(?:성형외과|피부과|병원|의원|클리닉|정형외과|내과|안과|[가-힣]{1,5}과)\\s?(?:의원\\s?)?(?:대표\\s?)?원장|(?<!(?:미용실|헤어숍|헤어샵|살롱|유치원|어린이집|학원|요가원|네일숍|공방|뷰티숍|애견|필라테스)\\s?)(?<![가-힣])(?:대표\\s?)?원장(?=님?[이가은는의도께])|(?<![가-힣])어의(?=[가들는])|의녀(?=[가들는])|(?:외과|내과|안과|치과|피부과|소아과)의(?=[가는사와도])|의학자|허준|의학\\s?박사|의료진|주치의|간호사|의료인|닥터(?!지|페퍼|자르트|브로너스|마틴)'
export const doctorEn =
  'dr\\.? (?!jart|martens|pepper|seuss|bronner|dre\\b)[a-z]{2,14}|doctor(?! who\\b)|dermatologist|physician|audiologist|optometrist|pa?ediatrician|trichologist|cardiologist|psychiatrist|chiropractor|paramedic|surgeon|m\\.?d\\.?|nurse|medical (?:expert|professional)'
export const dentist = '치과\\s?의사|치의사|치과\\s?전문의|치위생사|치과\\s?원장'
export const dentistEn = 'dentist|orthodontist|dental (?:expert|professional)'
export const oriental = '한의사|한방\\s?(?:전문의|명의|박사)|한의학\\s?박사|한의원\\s?원장'
export const orientalEn =
  '(?:korean|oriental|traditional)[- ]medicine (?:doctor|practitioner)|acupuncturist|herbalist'
export const pharmacist = '(?<!독)약사(?!\\s?(?:고시|법)|[가-힣]{0,1}업)|약학\\s?박사'
export const pharmacistEn = 'pharmacist|chemist in a white coat'
export const vet = '수의사'
export const vetEn = 'vet|veterinarian'
export const professor =
  '연구소(?:의)?\\s?소장|연구소장|교수(?!\\s?(?:법|학습))(?:님|진|팀)?|(?<![가-힣])박사(?:님|팀)?(?!학위|\\s?(?:과정|논문))|연구원|과학자|(?:피부|의료|의학|건강|약학|두피|탈모|성분|화장품)\\s?전문가|전문가(?=들?[이가도의]?\\s?(?:추천|보증|인정|인증|선택|극찬|권))|명의(?=[가들\\s]\\s?(?:얼굴|목소리|의\\s|한마디|추천|사진|[들가]))|(?:소아과|피부과|치과|내과|안과|한의원|약국|병원|정형외과|산부인과|이비인후과)\\s?(?:선생님|샘|쌤|과장님?)|군의관|레지던트|수련의|공중\\s?보건의|의대생|의료\\s?(?:기자|전문\\s?기자)|의학\\s?(?:기자|전문\\s?기자)|임상의|임상\\s?병리사|물리\\s?치료사|조산사|방사선사'
export const professorEn = 'professor|scientist|researcher|expert|ph\\.?d'

export const notClaims = [
  /(?:전문의|의사|약사|의료진|전문가|한의사|수의사|doctor|physician|pharmacist|dermatologist)[^.!?\n]{0,10}(?:상담|상의|문의|진료|진찰|지시|처방받|처방을\s?받|보여\s?주세|보이세|물어)[^.!?\n]{0,20}/u,
  /(?:consult|ask|see|talk to)[a-z]* (?:with )?(?:a|an|your) (?:doctor|physician|pharmacist|dermatologist|dentist|vet)[^.!?\n]{0,60}/u,
  /(?:의사|간호사|교수|약사|의료진|선생님|doctor|nurse|professor|teacher)[^.!?\n]{0,10}(?:선물|감사|꿈|지망|되고\s?싶|직업|놀이|코스튬)[^.!?\n]{0,20}/u,
  /\b(?:no|without|not an?|instead of an?) (?:doctors?|dermatologists?|pharmacists?|experts?|professors?|scientists?)[^.!?\n]{0,60}/u,
  /(?:의사|전문의|약사|교수|박사|수의사|간호사|연구원|전문가|의료진)[가-힣]{0,3}\s?(?:아닌|아니라|없이|없는|말고|빼고)(?:(?!의사|약사|교수|전문의|박사|간호사)[^.!?\n]){0,40}/u,
]
