import { useSignal } from '@preact/signals'
import type { StudioProblem } from '../../../shared/client/index.ts'
import { navigate, route } from '../app/navigation.ts'
import { Button, IconButton } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { Icon } from '../design/icons.tsx'
import { announce, toast } from '../design/status.tsx'
import { log } from '../session/current-session.ts'
import { ProductPicture } from '../session/product-picture.tsx'
import { PictureButton } from '../talk/attachment-view.tsx'
import { sentenceOf } from '../trouble/sentence.ts'
import { briefWords } from '../wording/brief.ts'
import { shellWords } from '../wording/shell.ts'
import { isReadOnly, saveSlot } from './editing.ts'

/** The picture that the posters are made from. It comes from the conversation, and leaves only the brief. */
export const PictureSlot = () => {
  const words = briefWords.value
  const slot = log.value.slots['product.image_url']
  const locked = isReadOnly.value
  const asks = useSignal(false)
  return (
    <div class="slot" data-picture="true">
      <dt>{words.slot['product.image_url']}</dt>
      <dd class="slot-body slot-picture">
        {slot ? (
          <ProductPicture path={slot.value} size="slot" />
        ) : (
          <span class="product-picture slot-no-picture" data-size="slot">
            <Icon name="picture" />
          </span>
        )}
        {!slot && <span class="slot-empty">{words.noPicture}</span>}
      </dd>
      <dd class="slot-tools">
        {slot ? (
          <IconButton
            icon="close"
            label={words.removePicture}
            disabled={locked}
            onClick={() => {
              asks.value = true
            }}
          />
        ) : (
          <PictureButton
            icon="plus"
            label={words.addPicture}
            disabled={locked}
            // What is chosen goes with the next message.
            onChosen={() => navigate({ ...route.peek(), place: 'talk' })}
          />
        )}
        <Removal asks={asks} />
      </dd>
    </div>
  )
}

const Removal = ({ asks }: { asks: { value: boolean } }) => {
  const words = briefWords.value
  const busy = useSignal(false)
  const close = (): void => {
    asks.value = false
  }
  const remove = async (): Promise<void> => {
    busy.value = true
    try {
      await saveSlot('product.image_url', null)
      announce(briefWords.peek().saved)
    } catch (error) {
      toast(sentenceOf(error as StudioProblem), 'bad')
    }
    busy.value = false
    close()
  }
  return (
    <Dialog
      title={words.removePictureAsked}
      open={asks.value}
      onClose={close}
      closeLabel={shellWords.value.close}
      actions={
        <>
          <Button kind="quiet" onClick={close}>
            {words.cancel}
          </Button>
          <Button kind="danger" busy={busy.value} onClick={() => void remove()}>
            {words.removePicture}
          </Button>
        </>
      }
    >
      <p>{words.removePictureMeans}</p>
    </Dialog>
  )
}
