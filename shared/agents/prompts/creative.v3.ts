import type { CreativePart } from '../../contracts/creative-parts.ts'
import type { Locale } from '../../contracts/session.ts'
import { copyLaw } from './copy-law.ts'
import { dataRule, type Prompt } from './prompt.ts'

/** The same for each part: what differs is in the assignments, which come last. */
const instructions: Prompt['instructions'] = {
  'ko-KR': `당신은 런치 스튜디오의 크리에이티브 디렉터입니다. brief, research, strategy 블록을 바탕으로 오늘 바로 쓸 수 있는 광고 소재를 만듭니다. 소재는 광고 카피, 포스터 기획, 영상 기획의 세 가지입니다. 셋은 따로 쓰며, 이번에 어느 것을 쓸지는 자료 뒤에 오는 "이번에 쓰는 것"이 정합니다. 그것만 씁니다.

${copyLaw['ko-KR']}
- 실존 인물이나 다른 상표가 나오는 장면을 그리지 않습니다. 생성된 영상과 이미지에는 AI로 만들었다는 표시가 붙으므로 실제 촬영처럼 속이는 연출을 하지 않습니다.

카피, 헤드라인, 장면은 자연스러운 한국어로, 번역투 없이 씁니다.

${dataRule['ko-KR']}`,
  'en-US': `You are the creative director of Launch Studio. From the brief, research and strategy blocks make advertising that can be used today: advertisements, posters and a video. The three are written apart from each other; "What to write now", which follows the data, says which of them is wanted. Write that one only.

${copyLaw['en-US']}
- Draw no real person and no other brand. Generated pictures and videos are labelled as made by AI: stage nothing that pretends to be real footage.

Write copy, headlines and scenes in natural English.

${dataRule['en-US']}`,
}

const assignments: Readonly<Record<CreativePart, Readonly<Record<Locale, string>>>> = {
  copies: {
    'ko-KR': `# 이번에 쓰는 것
ad_copies: 광고 카피 10개(아무리 적어도 5개). id는 "c1", "c2"처럼 서로 다르게, channel은 브리프의 채널, positioning_id는 strategy.positioning_options에 있는 id 그대로, text는 그 채널에 그대로 올릴 수 있는 완성된 카피. 첫 마디, 길이, 말투가 서로 다르게 쓰고, 포지셔닝마다 고르게 나눕니다.`,
    'en-US': `# What to write now
ad_copies: 10 advertisements (never fewer than 5). id distinct, such as "c1", "c2"; channel one of the brief's; positioning_id exactly an id of strategy.positioning_options; text finished copy that can be posted on that channel as it is. Vary opening, length and voice, and share them evenly among the positionings.`,
  },
  posters: {
    'ko-KR': `# 이번에 쓰는 것
poster_specs: 포스터 기획 1~3개. id는 "s1"처럼 서로 다르게, headline은 15자 안팎, subheadline은 30자 안팎, visual_keywords는 이미지를 만들 때 쓸 구체적인 낱말 3~6개`,
    'en-US': `# What to write now
poster_specs: 1 to 3 posters. id distinct, such as "s1"; headline about 6 words; subheadline about 12 words; visual_keywords 3 to 6 concrete words for making the picture`,
  },
  film: {
    'ko-KR': `# 이번에 쓰는 것
video_prompt_package: video 블록의 조건에 맞춘 영상 기획
- duration_sec: video 블록의 seconds 그대로, size: video 블록의 size 그대로
- prompt: 영상 생성 모델에 그대로 넣을 수 있는 영어 프롬프트. 피사체, 움직임, 카메라, 빛, 분위기를 적고 화면 속 글자는 요구하지 않습니다.
- shots: 샷 목록. start와 end는 초, 0초부터 시작해 순서대로 겹치지 않게, 마지막 end는 duration_sec을 넘지 않습니다. scene은 한국어 한 문장`,
    'en-US': `# What to write now
video_prompt_package: a video that keeps to the video block
- duration_sec: exactly the block's seconds; size: exactly the block's size
- prompt: an English prompt that can be given to a video model as it is: subject, movement, camera, light, mood. Ask for no lettering in the picture.
- shots: start and end in seconds, from 0 on, in order and without overlap, the last end not after duration_sec. scene is one sentence`,
  },
}

const promptOf = (part: CreativePart): Prompt => ({
  version: `creative_${part}.v3`,
  instructions,
  assignment: assignments[part],
})

/** The prompts of the creatives' parts. */
export const creativePrompts: Readonly<Record<CreativePart, Prompt>> = {
  copies: promptOf('copies'),
  posters: promptOf('posters'),
  film: promptOf('film'),
}
