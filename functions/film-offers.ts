import { imageOffer } from '../shared/clients/images/image-offer.ts'
import { filmVendor } from '../shared/clients/video/select-film-vendor.ts'
import { filmProvider } from '../shared/platform/video-settings.ts'
import { media } from './media-client.ts'

/** What films would buy, and of whom: told without a call. */
export const filmOffers = {
  background: { offer: imageOffer },
  provider: filmProvider,
  vendor: (provider: Parameters<typeof filmVendor>[0], bucket = media) =>
    filmVendor(provider, bucket),
}
