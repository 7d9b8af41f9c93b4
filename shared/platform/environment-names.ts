/** Names of the variables that tie a function's environment in `lib` to its reader in `shared`. */
export const environmentNames = {
  stage: 'STAGE',
  tableName: 'TABLE_NAME',
  mediaBucketName: 'MEDIA_BUCKET_NAME',
  stateMachineArn: 'STATE_MACHINE_ARN',
  socketEndpoint: 'SOCKET_ENDPOINT',
  socketUrl: 'SOCKET_URL',
  openaiApiKey: 'OPENAI_API_KEY',
  openaiApiKeyParameter: 'OPENAI_API_KEY_PARAMETER',
  tokenSigningKey: 'TOKEN_SIGNING_KEY',
  tokenSigningKeyParameter: 'TOKEN_SIGNING_KEY_PARAMETER',
} as const

/**
 * Settings that a person may give when the app is synthesized; each function that reads one gets it
 * as it was then, and its default (beside its reader in `shared`) when it was not set.
 */
export const modelSettingNames = {
  baseUrl: 'OPENAI_BASE_URL',
  provider: 'MODEL_PROVIDER',
  plannerModel: 'PLANNER_MODEL',
  researchModel: 'RESEARCH_MODEL',
  strategyModel: 'STRATEGY_MODEL',
  creativeModel: 'CREATIVE_MODEL',
  voiceModel: 'VOICE_MODEL',
  plannerDeadline: 'PLANNER_DEADLINE_MS',
  researchDeadline: 'RESEARCH_DEADLINE_MS',
  strategyDeadline: 'STRATEGY_DEADLINE_MS',
  creativeDeadline: 'CREATIVE_DEADLINE_MS',
  voiceDeadline: 'VOICE_DEADLINE_MS',
  sttProvider: 'STT_PROVIDER',
  sttModel: 'STT_MODEL',
  sttVocabulary: 'TRANSCRIBE_VOCABULARY_NAME',
  sttDeadline: 'STT_DEADLINE_MS',
  voiceWait: 'VOICE_WAIT_MS',
  ttsProvider: 'TTS_PROVIDER',
  ttsModel: 'TTS_MODEL',
  ttsDeadline: 'TTS_DEADLINE_MS',
} as const
