import { effect, signal } from '@preact/signals'
import { keep, kept } from './kept.ts'

const storageName = 'launch-studio.theme'
export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

export const theme = signal<Theme>(kept(storageName, themes) ?? 'system')

export const nextTheme = (): void => {
  theme.value = themes[(themes.indexOf(theme.peek()) + 1) % themes.length] ?? 'system'
}

effect(() => {
  document.documentElement.dataset.theme = theme.value
  keep(storageName, theme.value)
})
