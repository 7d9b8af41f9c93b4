import { useSignal } from '@preact/signals'
import { Composer } from '../design/composer.tsx'
import { talkWords } from '../wording/talk.ts'
import './talk.css'

export const TalkScreen = () => {
  const words = talkWords.value
  const draft = useSignal('')
  return (
    <div class="talk">
      <div class="talk-scroller">
        <div class="talk-opening">
          <h2>{words.title}</h2>
          <p>{words.lead}</p>
        </div>
      </div>
      <div class="talk-foot">
        <Composer
          label={words.message}
          placeholder={words.placeholder}
          sendLabel={words.send}
          value={draft.value}
          onInput={(value) => {
            draft.value = value
          }}
          onSend={() => {
            draft.value = ''
          }}
        />
      </div>
    </div>
  )
}
