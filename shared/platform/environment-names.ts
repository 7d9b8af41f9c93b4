/** Environment variables that `lib` sets on functions and `shared` reads. */
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
  /** `true` lets pages on the loopback interface be read: for tests on one machine, never deployed. */
  pagesAllowLoopback: 'PAGES_ALLOW_LOOPBACK',
} as const

/**
 * Settings that may be given when the app is synthesized: functions get the values of that moment. The
 * default of each is beside its reader in `shared`.
 */
export const modelSettingNames = {
  baseUrl: 'OPENAI_BASE_URL',
  api: 'MODEL_API',
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
