import { useRef } from 'preact/hooks'
import { Icon } from '../design/icons.tsx'
import { sentenceOf } from '../trouble/sentence.ts'
import { talkWords } from '../wording/talk.ts'
import { pictureLink, renewPictureLink } from './picture-links.ts'
import './product-picture.css'

/** Milliseconds between two tries to get a link that works. */
const renewalMs = 60_000

/** A picture of the product by its path, in a frame whose size does not depend on it. */
export const ProductPicture = ({ path, size }: { path: string; size: 'message' | 'slot' }) => {
  const words = talkWords.value
  const link = pictureLink(path).value
  const renewedAt = useRef(0)
  return (
    <span class="product-picture" data-size={size}>
      {link === 'asked' && <span class="visually-hidden">{words.pictureLoading}</span>}
      {link instanceof Error && (
        <span class="product-picture-problem">
          <Icon name="warning" />
          {sentenceOf(link)}
        </span>
      )}
      {typeof link === 'object' && 'url' in link && (
        <img
          src={link.url}
          width={link.width}
          height={link.height}
          alt={words.picture}
          decoding="async"
          onError={() => {
            // A new link that leads nowhere either is not renewed at once.
            if (Date.now() - renewedAt.current < renewalMs) return
            renewedAt.current = Date.now()
            renewPictureLink(path)
          }}
        />
      )}
    </span>
  )
}
