/** `npm run test:all` tries everything at full length, `npm test` a short form of each promise. */
export const isFullLength = process.env.TEST_LENGTH === 'full'
