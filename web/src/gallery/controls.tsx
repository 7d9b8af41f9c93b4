import { useSignal } from '@preact/signals'
import { Button, IconButton } from '../design/button.tsx'
import { Composer, type ComposerProps } from '../design/composer.tsx'
import { Dialog } from '../design/dialog.tsx'
import { TextField } from '../design/field.tsx'
import { Tabs } from '../design/tabs.tsx'
import { galleryWords } from '../wording/gallery.ts'
import { shellWords } from '../wording/shell.ts'
import { talkWords } from '../wording/talk.ts'
import { Exhibit } from './exhibit.tsx'

export const Controls = () => (
  <>
    <Buttons />
    <Fields />
    <Composers />
    <TabsExhibit />
    <DialogExhibit />
  </>
)

const kinds = ['primary', 'secondary', 'quiet', 'danger'] as const

const Buttons = () => {
  const words = galleryWords.value
  return (
    <Exhibit title={words.buttons}>
      {kinds.map((kind) => (
        <div key={kind} class="exhibit-row">
          <Button kind={kind}>{words.press}</Button>
          <Button kind={kind} icon="check">
            {words.press}
          </Button>
          <Button kind={kind} busy>
            {words.press}
          </Button>
          <Button kind={kind} disabled>
            {words.press}
          </Button>
          <Button kind={kind} size="small">
            {words.press}
          </Button>
        </div>
      ))}
      <div class="exhibit-row">
        <IconButton icon="microphone" label={words.press} />
        <IconButton icon="microphone" label={words.press} pressed />
        <IconButton icon="microphone" label={words.press} disabled />
        <IconButton icon="send" kind="primary" label={words.press} />
        <IconButton icon="send" kind="primary" label={words.press} disabled />
      </div>
    </Exhibit>
  )
}

const Fields = () => {
  const words = galleryWords.value
  return (
    <Exhibit title={words.fields}>
      <TextField label={words.fieldLabel} placeholder={words.fieldPlaceholder} />
      <TextField label={words.fieldLabel} hint={words.fieldHint} value={words.fieldValue} />
      <TextField label={words.fieldLabel} error={words.fieldError} value={words.fieldValue} />
      <TextField label={words.fieldLabel} value={words.fieldValue} disabled />
    </Exhibit>
  )
}

const ComposerExhibit = ({ text = '', ...props }: { text?: string } & Partial<ComposerProps>) => {
  const draft = useSignal(text)
  const words = talkWords.value
  return (
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
      {...props}
    />
  )
}

const Composers = () => {
  const words = galleryWords.value
  const accessories = (
    <>
      <IconButton icon="microphone" label={words.press} />
      <IconButton icon="picture" label={words.press} />
    </>
  )
  return (
    <Exhibit title={words.composer}>
      <ComposerExhibit accessories={accessories} />
      <ComposerExhibit accessories={accessories} text={words.longText} />
      <ComposerExhibit
        accessories={accessories}
        stop={{ label: talkWords.value.stop, onStop: () => {} }}
      />
      <ComposerExhibit accessories={accessories} text={words.sentence} blocked={words.blocked} />
    </Exhibit>
  )
}

const TabsExhibit = () => {
  const words = galleryWords.value
  const selected = useSignal<'one' | 'two' | 'three'>('one')
  const tabs = (['one', 'two', 'three'] as const).map((key) => ({
    key,
    label: words.tab[key],
    panel: () => words.sentence,
  }))
  return (
    <Exhibit title={words.tabs}>
      <div class="exhibit-wide">
        <Tabs
          label={words.tabs}
          tabs={tabs}
          selected={selected.value}
          onSelect={(key) => {
            selected.value = key
          }}
        />
      </div>
    </Exhibit>
  )
}

const DialogExhibit = () => {
  const words = galleryWords.value
  const open = useSignal(false)
  const close = () => {
    open.value = false
  }
  return (
    <Exhibit title={words.dialog}>
      <Button
        onClick={() => {
          open.value = true
        }}
      >
        {words.openDialog}
      </Button>
      <Dialog
        title={words.dialogTitle}
        open={open.value}
        onClose={close}
        closeLabel={shellWords.value.close}
        actions={
          <>
            <Button kind="quiet" onClick={close}>
              {words.cancel}
            </Button>
            <Button kind="danger" onClick={close}>
              {words.delete}
            </Button>
          </>
        }
      >
        <p>{words.dialogText}</p>
        <TextField label={words.fieldLabel} />
      </Dialog>
    </Exhibit>
  )
}
