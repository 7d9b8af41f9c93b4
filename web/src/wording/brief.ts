import { inBoth } from './language.ts'

export const briefWords = inBoth({ title: '브리프' }, { title: 'Brief' })
