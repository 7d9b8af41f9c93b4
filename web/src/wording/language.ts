import { computed, effect, signal } from '@preact/signals'
import type { Locale } from '../../../shared/contracts/session.ts'
import { keep, kept } from '../app/kept.ts'

const storageName = 'launch-studio.locale'

const preferred = (): Locale => (/^ko\b/i.test(navigator.language) ? 'ko-KR' : 'en-US')

/** The language of the page, and of sessions that begin in it. */
export const locale = signal<Locale>(kept(storageName, ['ko-KR', 'en-US']) ?? preferred())

export const language = computed(() => (locale.value === 'ko-KR' ? 'ko' : 'en'))

effect(() => {
  document.documentElement.lang = language.value
  keep(storageName, locale.value)
})

/** A room's texts. Both languages have the same names, and their functions take the same. */
type Texts = Readonly<Record<string, unknown>>

/** Widens texts to what they have in common, so that another language can say it otherwise. */
type Said<T> = {
  readonly [Name in keyof T]: T[Name] extends string
    ? string
    : T[Name] extends (...values: infer Values) => string
      ? (...values: Values) => string
      : Said<T[Name]>
}

/** The texts of one room in the language of the page: `words.value.send`. */
export const inBoth = <const Korean extends Texts>(ko: Korean, en: Said<Korean>) =>
  computed<Said<Korean>>(() => (language.value === 'ko' ? (ko as Said<Korean>) : en))
