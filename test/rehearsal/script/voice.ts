import type { VoiceOutput } from '../../../shared/contracts/agents.ts'

export const voice: VoiceOutput = {
  schema_version: 'v1',
  agent: 'voice',
  voiceover_script_short:
    '카페 들를 틈 없는 아침, 주문받고 볶은 커피를 내려요. 여섯시반 드립백, 지금 주문해 보세요.',
  voiceover_script_long:
    '알람은 울렸고, 카페에 들를 시간은 없는 아침. 그래도 좋은 커피 한 잔은 포기하기 싫잖아요. 여섯시반 드립백은 주문을 받은 다음 날 아침에 볶아 바로 보내 드립니다. 산미는 적고 고소한 맛으로, 한 봉이면 머그컵 한 잔이 진하게 나와요. 걸고, 붓고, 한 모금. 내일 아침을 위해 지금 주문해 보세요.',
  tone_profile: '이른 아침 부엌에서 나직하게 말을 건네는 이웃 같은 목소리',
  delivery_profile: {
    pace: '보통보다 조금 느리게, 문장 사이에 한 박자 쉬어서',
    emphasis_words: ['틈 없는 아침', '주문받고 볶은', '여섯시반'],
  },
  timing_map: [
    { start: 0, end: 2.3, purpose: 'hook', text: '카페 들를 틈 없는 아침,' },
    { start: 2.3, end: 4.9, purpose: 'benefit', text: '주문받고 볶은 커피를 내려요.' },
    { start: 4.9, end: 7.8, purpose: 'cta', text: '여섯시반 드립백, 지금 주문해 보세요.' },
  ],
  subtitle_lines: [
    { start: 0, end: 2.3, text: '카페 들를 틈 없는 아침' },
    { start: 2.3, end: 4.9, text: '주문받고 볶은 커피를 내려요' },
    { start: 4.9, end: 6.2, text: '여섯시반 드립백' },
    { start: 6.2, end: 7.8, text: '지금 주문해 보세요' },
  ],
  tts_config: { voice_preset: 'friendly_ko', format: 'mp3' },
}
