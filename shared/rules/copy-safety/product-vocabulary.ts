import type { ProductType } from '../../contracts/copy-safety.ts'

/** Korean words are looked for anywhere, without spaces; English ones as whole words. */
const vocabulary = (korean: string, english: string): RegExp => {
  const words = (list: string) => list.trim().split(/\s+/)
  return new RegExp(
    [...words(korean), ...words(english).map((word) => `\\b${word.replaceAll('_', '[ -]?')}s?\\b`)]
      .filter((word) => word !== '')
      .join('|'),
    'u',
  )
}

/** Clinics and medicines fall under laws of their own: the strictest. */
export const unlisted = vocabulary(
  `병원 의원(?!실) 한의원 치과 성형외과 피부과 클리닉 의료서비스 의약품(?!외) 일반약 전문약 한약`,
  'clinic hospital pharmaceutical medicine drug dental dentist',
)

/** Goods named after others that they hold, make or are about: a coffee machine is no food. */
export const generalGoods = vocabulary(
  `머신 메이커 그라인더 에어프라이어 냉장고 냉동고 밥솥 오븐 전자레인지 인덕션 믹서 블렌더 착즙기 건조기 정수기 세탁기 청소기
  공기청정기 가습기 제습기 선풍기 에어컨 히터 드라이어 드라이기 고데기 다리미 토스터 커피포트 전기포트 식기 그릇 접시 텀블러 쌀통 김치통 반찬통 소독기
  보온병 물병 (?<!생리|월경)컵(?!라면|밥|과일|커피|수프) 머그 도마 프라이팬 냄비 칼세트 조리도구 주방용품 도시락통 밀폐용기 파우치 가방 백팩
  지갑 케이스 보관함 수납 정리함 디스펜서 거치대 선반 어플 (?:^|[^가-힣])앱 앱$ 앱(?=서비스|개발) 플랫폼 구독서비스 소프트웨어
  솔루션 강의 강좌 클래스 학원 교육 과외 학습 코칭 컨설팅 도서 서적 책(?!임) 잡지 전자책 매거진 반려 강아지 고양이 애견 애묘
  펫(?!푸드트럭) 사료 배변 게임 장난감 완구 블록 인형 퍼즐`,
  `machine maker grinder air_fryer refrigerator oven blender dryer iron tumbler mug bottle kettle cookware kitchenware
  pouch bag case storage dispenser app application platform software saas course class book ebook magazine education
  tutoring coaching consulting pet dog cat puppy kitten game toy puzzle crayon tricycle`,
)

export const specialGoods: readonly (readonly [ProductType, RegExp])[] = [
  [
    'cosmetics',
    vocabulary(
      `화장품 스킨케어 코스메틱 뷰티(?!디바이스|기기) 세럼 앰플 에센스 (?<!아이스|(?<!재)생|슈|버터|커스터드|휘핑|구두)크림(?!빵|파스타|치즈|스프|수프|떡볶이|소스|라떼|색|반도체)
      로션 토너(?!카트리지) 스킨(?!스쿠버) 미스트 클렌징 클렌저 폼클 필링젤 마스크팩 시트마스크 시트팩 팩트 쿠션파운데이션 쿠션팩트 파운데이션
      컨실러 프라이머 비비크림 립스틱 립밤 립글로스 립틴트 틴트(?!필름) 아이섀도 섀도우 마스카라 아이라이너 블러셔 하이라이터 메이크업 색조 선크림 선스틱
      선케어 자외선차단제 향수 퍼퓸 오드뚜왈렛 오드퍼퓸 바디워시 바디로션 바디오일 바디스크럽 핸드크림 풋크림 샴푸 트리트먼트 린스 컨디셔너
      헤어팩 헤어에센스 헤어오일 헤어토닉 헤어케어 두피 염모제 염색약 셀프염색 헤어왁스 헤어스프레이 네일(?!샵|아트클래스) 매니큐어 데오드란트
      여성청결제 화장비누 비누 목욕용품 입욕제 배쓰밤 면도크림 쉐이빙 제모크림 속눈썹(?!연장) 필링 세안 톤업 선쿠션 헤어쿠션 쿠션(?!커버|방석|의자) 마사지오일 바디젤 바디밤 데오도란트 데오스틱 (?<!구강)청결제 베이비파우더 바디파우더 루스파우더 땀띠파우더 땀띠 컨실 리무버 립케어 립오일 립케어 괄사크림 아이크림 넥크림 튼살 헤어미스트 헤어세럼 헤어식초 앰풀 수분팩 클레이 각질 영양크림 로즈워터 오드콜로뉴 아이패치 미용팩 기초세트 화장수 페이스오일 스크럽`,
      `cosmetic skincare skin_care beauty serum ampoule essence (?<!ice_)cream lotion toner face_mist cleanser cleansing
      sheet_mask face_mask mask_pack foundation concealer primer lipstick lip_balm lip_tint eyeshadow mascara eyeliner
      blush makeup make-up sunscreen sunblock sun_care perfume fragrance cologne body_wash body_lotion hand_cream
      shampoo conditioner hair_care hair_treatment hair_dye nail_polish deodorant soap bath_bomb moisturizer
      moisturiser exfoliator eye_cream`,
    ),
  ],
  [
    'quasi_drug',
    vocabulary(
      `의약외품 치약 치실 치간칫솔 구중청량제 생리컵 여성용패드 라이너 손세정제 콘택트렌즈세척 렌즈세척 세척액 마스크$ 덴탈마스크 방역마스크 일회용밴드 밴드$ 구강청결제 가글 구강세정 가그린 생리대 탐폰 월경컵 팬티라이너 보건용마스크 KF마스크 kf94 kf80 황사마스크 수술용마스크
      비말차단 손소독제 손소독 소독제 살균제 모기기피제 모기약 벌레기피 기피제 살충제 바퀴약 반창고 밴드형상처 거즈 붕대 제모제
      치아미백제 금연보조 탈모방지제 외용소독 물파스 렌즈세정 렌즈관리 콘택트렌즈관리 저함량비타민 자양강장`,
      `quasi_drug toothpaste mouthwash sanitary_pad sanitary_napkin tampon menstrual_cup hand_sanitizer sanitizer
      disinfectant insect_repellent mosquito_repellent insecticide bandage adhesive_bandage gauze depilatory`,
    ),
  ],
  [
    'medical_device',
    vocabulary(
      `의료기기 의료용 혈압계 혈당 체온계 콘택트렌즈(?!관리|세정|세척) 컬러렌즈 미용렌즈 보청기 저주파 고주파 이온자극 온열기 적외선조사기 부항
      콘돔 임신테스트 배란테스트 진단키트 자가검사 산소포화도 네뷸라이저 흡입기 교정기 양압기 휠체어 심전도 초음파 레이저 의료밴드
      led마스크 뷰티디바이스 뷰티기기 미용기기 마사지기 안마기 안마의자 찜질기 견인기 코세척기 콧물흡입기 구강세정기 귀세정기 세척기(?=$)(?<=콧속세척기|코세척기) 보호대 마사지건 마사지볼 폼롤러 온열매트 전기매트 깔창 교정밴드 압박스타킹 압박양말 자석팔찌 게르마늄 이온수기 충격파 혈당측정기 제모기 자극기 조사기 스마트워치 전동칫솔 물리치료 체중계 석션 주사기 파라핀욕`,
      `medical_device blood_pressure_monitor thermometer contact_lens contact_lenses hearing_aid tens glucose_meter
      condom pregnancy_test test_kit oximeter nebulizer cpap wheelchair led_mask beauty_device massager massage_gun
      massage_chair inhaler brace orthosis heating_pad light_therapy magnetic_insole compression_sock knee_support smartwatch`,
    ),
  ],
  [
    'health_functional_food',
    vocabulary(
      `건강기능식품 건기식 기능성식품 영양제 비타민(?!세럼|앰플|크림|토너|팩) 멀티비타민 오메가3 오메가 유산균 프로바이오틱스 홍삼 인삼 루테인
      밀크씨슬 글루코사민 콜라겐(?!크림|앰플|팩|세럼|마스크) 코엔자임 프로폴리스 가르시니아 다이어트보조제 건강보조 보조제 이너뷰티 msm 크릴오일 쏘팔메토 폴리코사놀
      알로에겔 테아닌 멜라토닌 보스웰리아 바나바 감태 체지방 이너뷰티 눈영양 간영양 스피루리나 클로렐라 영양보충 칼슘제 철분 엽산 마그네슘 아연 비오틴 아르기닌 히알루론산(?!세럼|앰플|크림|토너|팩|미스트|필러) 옥타코사놀 은행잎 홍국 글루타치온(?!세럼|앰플|크림)`,
      `health_functional_food dietary_supplement supplement vitamin multivitamin omega probiotic red_ginseng ginseng lutein
      collagen milk_thistle nutraceutical pill gummy gummies fat_burner capsule keto elderberry greens_powder immune_shot`,
    ),
  ],
  [
    'food',
    vocabulary(
      `식품 푸드 음식 먹거리 커피 원두 드립백 콜드브루 녹차 홍차 허브차 전통차 티백 (?:^|[^가-힣])차$ 음료 주스 쥬스 즙 에이드 탄산 생수 이온음료 우유 두유 요거트 요구르트
      치즈 버터 아이스크림 빙과 빵 베이커리 케이크 쿠키 과자 스낵 초콜릿 사탕 젤리 캔디 디저트 떡 한과 라면 국수 파스타 만두 김치 반찬 밀키트 도시락
      간편식 즉석 냉동식품 샐러드 과일 채소 농산물 수산물 축산물 한우 정육 고기 닭가슴살 계란 달걀 쌀 잡곡 견과 꿀 잼 소스 양념 고추장 된장 간장
      식용유 올리브유 참기름 김$ 미역 젓갈 건어물 멸치 새우 곡물 시리얼 그래놀라 오트밀 선식 미숫가루 단백질 프로틴 쉐이크 분유 이유식 유아식 주류 맥주 와인
      소주 막걸리 위스키 전통주 양조 해독 다이어트식 식이섬유 흑염소 녹용 레스토랑 식당 맛집 카페 배달음식 치킨 피자 햄버거 수제청 차음료 콤부차
      두부 소금 설탕 육포 굴비 연어 고구마 감자 옥수수 귤 사과 배$ 포도 딸기 블루베리 체리 바나나 토마토 버섯 (?:보리|현미|옥수수|둥굴레|유자|생강|대추|칡|여주|버섯|우엉|히비스커스|국화|캐모마일|페퍼민트|쑥|모과|율무|마테|루이보스|보이|우롱|씨슬|호박|감자|연잎|감잎|뽕잎|결명자|작두콩|과일|한방|건강|꽃|잎|쌍화|레몬|매실)차 [가-힣]{1,3}청(?=$) 와플 버거 약밥 찰떡 매실 마카 분말 가루 수프 스프 죽 육수 간식 피클 효소 발효 식초 건강식품 건강즙 환$ 진액 농축액 곰탕 국밥 해장국 찌개 미역국 나물 비빔밥 생강 마늘 도라지 배즙 양파즙 벌꿀 로얄젤리`,
      `food snack coffee tea beverage drink juice water_bottle_drink milk soy_milk yogurt cheese butter ice_cream bread bakery
      cake cookie chocolate candy jelly dessert noodle ramen pasta dumpling kimchi meal_kit meal salad fruit vegetable
      meat beef chicken egg rice nut honey jam sauce oil cereal granola oatmeal protein shake infant_formula baby_food
      beer wine whisky soju liquor restaurant cafe pizza burger kombucha grocery groceries soup pickle lemonade ham sausage treat waffle yoghurt syrup popcorn tofu salt sugar potato energy_drink oat_milk`,
    ),
  ],
]

/** Anything that no special law regulates. */
export const otherGoods = vocabulary(
  `가전 전자 디지털 노트북 컴퓨터 모니터 키보드 마우스 스마트폰 휴대폰 태블릿 이어폰 헤드폰 스피커 카메라 충전기 배터리 조명 램프 의류 옷 패션 셔츠 티셔츠
  바지 청바지 원피스 자켓 재킷 코트 패딩 니트 스웨터 속옷 양말 신발 운동화 구두 샌들 모자 스카프 장갑 벨트 액세서리 쥬얼리 주얼리 목걸이 반지
  귀걸이 시계 안경(?!세정) 선글라스 가구 소파 침대 매트리스 책상 의자 옷장 커튼 러그 카페트 이불 베개 쿠션 침구 인테리어 벽지 문구 노트 다이어리 볼펜
  필기구 달력 스티커 캔들 디퓨저 화분 식물 꽃 원예 여행 숙박 호텔 펜션 항공 투어 관광 렌터카 자동차 전기차 중고차 차량 타이어 블랙박스 자전거 킥보드 캠핑 텐트 등산
  낚시 골프 스포츠 헬스장 피트니스 요가 필라테스 운동기구 아령 공연 전시 티켓 영화 음악 악기 보험 금융 대출 카드 투자 부동산 이사 청소 세탁 세제
  섬유유연제 휴지 물티슈 기저귀 유모차 카시트 saas 클라우드 웹사이트 호스팅 마케팅 광고대행 디자인 사진 웨딩 상조 공구 철물 생활용품 잡화 선물 우산 향초 에코백 팔찌 쇼핑몰 스토어 스마트스토어 서점 북카페 오피스 사무실 스타트업 창업 부업 중고 구독 렌탈 환불 체험단 블로그 인플루언서 분갈이 흙$ 안마의자커버 스쿠터 마라톤 대회 축제 박물관 미술관 팟캐스트 영상제작 촬영
  방향제 탈취제 핸드메이드 공예 굿즈 채용 구인 ai서비스 챗봇 보안 통신 요금제 인터넷 배송 물류 아동복 내복 유아복 보행기 슬라임 학원 과외 학습지 밥솥 냄비 프라이팬 텀블러 물병 세제 커튼 블라인드 도마 식기 그릇 수납 슬리퍼 안전문 강의 교육 앱 게임 캐리어 수건 로봇 드론 스쿠터 소독기 가습기 건조기 도어락 정수기필터 페인트 전구 캐리어 회화`,
  `electronics appliance gadget laptop computer monitor keyboard mouse smartphone phone tablet earphone earbud headphone
  speaker camera charger battery lamp lighting apparel clothing clothes fashion shirt t-shirt pants jeans dress jacket coat
  sweater underwear sock shoe sneaker hat scarf glove belt accessory accessories jewelry necklace ring earring watch
  eyewear sunglasses furniture sofa bed mattress desk chair curtain rug bedding pillow interior stationery notebook diary
  pen candle diffuser plant flower gardening travel hotel flight tour car vehicle tire bicycle bike camping tent hiking
  fishing golf sport gym fitness yoga pilates concert exhibition ticket movie music instrument insurance finance loan
  investment real_estate cleaning laundry detergent tissue stroller cloud hosting marketing design photo wedding tool
  household gift umbrella craft telecom internet logistics service purifier vacuum store shop blog podcast museum marathon startup subscription film novel bookshop influencer review giveaway bracelet plan scooter festival event trial app course tutoring class skillet cookware pan mug backpack candle keyboard notebook purse wallet dating vpn bank credit debt tax legal service robot drone crypto widget template planner suitcase paint router socks toilet_paper quiz survey sheets timeshare checkout`,
)

export const forChildren = vocabulary(
  `어린이 아동 유아 영유아 아기 베이비 신생아 키즈 초등 유치원 어린이집 소아 완구 장난감 분유 이유식 기저귀 우리아이 아이용 아이들용 학습지 카시트 유모차 놀이터 코딩교육 블록 크레용 색연필세트 카드게임 트레이딩카드 인형 피규어 킥보드 세발자전거 젖병 치발기 젖꼭지 물놀이튜브 교구 그림책 동화책 딱지 팽이 슬라임 띠부씰 바운서 힙시트 아기띠 어린이집 유아식 학용품 책가방 초등학생 놀이`,
  'baby babies infant toddler kid children child newborn kindergarten toy crayon tricycle stroller puzzle kids swaddle teether teething pacifier nursery preschool doll diaper',
)
