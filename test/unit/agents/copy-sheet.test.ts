import { expect, it } from 'vitest'
import { answerReader } from '../../../shared/agents/answer-reader.ts'
import { creativeCopy } from '../../../shared/agents/copy/creative-copy.ts'
import { sampleCreative } from '../../support/model-server/samples.ts'

it('the prompt of a film is judged as soon as it is there, as it is with all of the film', () => {
  const { video_prompt_package: film } = sampleCreative
  const alone: unknown[] = []
  let isWhole = false
  const reader = answerReader(
    {},
    {
      onComplete(path, value) {
        if (path.length === 1) isWhole = true
        if (creativeCopy.film.isJudgedAlone(path)) alone.push({ value, isWhole })
      },
    },
  )
  reader.write(JSON.stringify({ video_prompt_package: film }))
  expect(alone).toEqual([{ value: film.prompt, isWhole: false }])
  expect(creativeCopy.film.elementTexts('video_prompt_package', film)?.texts).toContain(film.prompt)
})
