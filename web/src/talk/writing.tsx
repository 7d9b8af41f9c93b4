import { IconButton } from '../design/button.tsx'
import { Composer } from '../design/composer.tsx'
import { lost } from '../session/current-session.ts'
import { isBusy, sendMessage, stopAnswer } from '../session/sending.ts'
import { talkWords } from '../wording/talk.ts'
import { attachment, takeAttachment } from './attachment.ts'
import { PictureButton } from './attachment-view.tsx'
import { draft, putBack } from './draft.ts'
import { lengthOf, messageLimit, noteLimit } from './message-length.ts'
import { cancelRecording, startRecording } from './recorder.ts'

const send = (text: string): void => {
  const attached = takeAttachment()
  draft.value = ''
  cancelRecording()
  if (attached) sendMessage({ kind: 'picture', ...attached, note: text.trim() })
  else sendMessage({ kind: 'text', text })
}

export const Writing = () => {
  const words = talkWords.value
  const attached = attachment.value !== null
  const limit = attached ? noteLimit : messageLimit
  const { length, isNear, isTooLong } = lengthOf(draft.value, limit)
  const isLost = lost.value !== null
  const busy = isBusy.value && !isLost
  return (
    <Composer
      label={words.message}
      placeholder={isLost ? undefined : attached ? words.notePlaceholder : words.placeholder}
      readOnly={isLost}
      sendLabel={words.send}
      value={draft.value}
      attached={attached}
      onInput={(value) => {
        draft.value = value
      }}
      onSend={send}
      accessories={<Accessories busy={busy} isLost={isLost} />}
      blocked={isTooLong ? words.tooLong(length, limit) : busy || isLost ? '' : undefined}
      note={isNear ? words.length(length, limit) : undefined}
      stop={busy ? { label: words.stop, onStop: () => putBack(stopAnswer()) } : undefined}
    />
  )
}

const Accessories = ({ busy, isLost }: { busy: boolean; isLost: boolean }) => {
  const words = talkWords.value
  return (
    <>
      <IconButton
        icon="microphone"
        label={words.record}
        data-returns-focus
        disabled={busy || isLost}
        onClick={() => void startRecording()}
      />
      <PictureButton icon="picture" label={words.choosePicture} disabled={isLost} />
      <PictureButton icon="camera" label={words.takePhoto} camera disabled={isLost} />
    </>
  )
}
