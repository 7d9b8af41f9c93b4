/** OpenAI's own API, used unless a setting names a compatible server. */
export const openaiBaseUrl = 'https://api.openai.com/v1'
