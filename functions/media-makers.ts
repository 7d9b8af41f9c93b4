import type { AssetMaker, Makers } from '../shared/services/media/asset-maker.ts'

/** Pictures and films are signed where there is a key. */
const signed = async (maker: AssetMaker): Promise<AssetMaker> => {
  const [{ signedMaker }, { findCredentialSigner }] = await Promise.all([
    import('../shared/services/media/signed-maker.ts'),
    import('../shared/clients/credential-signer.ts'),
  ])
  return signedMaker(maker, findCredentialSigner)
}

/**
 * By the type that each makes, loaded with the first asset of it: of the worker alone, whose bundle holds what draws
 * and renders.
 * A type without one ends its assets with CAPABILITY_NOT_CONFIGURED.
 */
export const makers: Makers = {
  async poster() {
    const [{ createPosterMaker }, { openaiImages }, { imageOffer }, { copySafetyService }] =
      await Promise.all([
        import('../shared/services/media/posters/poster-maker.ts'),
        import('../shared/clients/images/openai-images.ts'),
        import('../shared/clients/images/image-offer.ts'),
        import('./safety-composition.ts'),
      ])
    return signed(
      createPosterMaker({
        // A capability that is not configured ends the assets that need it, one by one.
        background: {
          offer: imageOffer,
          make: async (order, key, signal) => openaiImages().make(order, key, signal),
        },
        copyFilter: (run) => copySafetyService().forRun(run),
      }),
    )
  },
  async video() {
    const [{ createFilmMaker }, { filmDependencies }] = await Promise.all([
      import('../shared/services/media/films/film-maker.ts'),
      import('./film-composition.ts'),
    ])
    return signed(createFilmMaker(filmDependencies()))
  },
  async narration() {
    const [{ createNarrationMaker }, { narrationDependencies }] = await Promise.all([
      import('../shared/services/media/narration/narration-maker.ts'),
      import('./narration-composition.ts'),
    ])
    return createNarrationMaker(narrationDependencies)
  },
  async subtitles() {
    return (await import('../shared/services/media/subtitles/subtitles-maker.ts')).subtitlesMaker
  },
}
