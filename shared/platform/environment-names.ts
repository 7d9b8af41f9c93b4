/** Environment variables that `lib` sets on functions and `shared` reads. */
export const environmentNames = {
  stage: 'STAGE',
  /** Percent of the traces that Lambda samples to which our spans are added. */
  tracePercent: 'TRACE_PERCENT',
  tableName: 'TABLE_NAME',
  mediaBucketName: 'MEDIA_BUCKET_NAME',
  stateMachineArn: 'STATE_MACHINE_ARN',
  mediaQueueUrl: 'MEDIA_QUEUE_URL',
  earlyResearchQueueUrl: 'EARLY_RESEARCH_QUEUE_URL',
  endQueueUrl: 'END_QUEUE_URL',
  deliveryQueueUrl: 'DELIVERY_QUEUE_URL',
  socketEndpoint: 'SOCKET_ENDPOINT',
  socketUrl: 'SOCKET_URL',
  openaiApiKey: 'OPENAI_API_KEY',
  openaiApiKeyParameter: 'OPENAI_API_KEY_PARAMETER',
  videoApiKey: 'VIDEO_API_KEY',
  videoApiKeyParameter: 'VIDEO_API_KEY_PARAMETER',
  /** PEM of the private key that signs content credentials, and of its certificates. */
  c2paSigningKey: 'C2PA_SIGNING_KEY',
  c2paSigningKeyParameter: 'C2PA_SIGNING_KEY_PARAMETER',
  tokenSigningKey: 'TOKEN_SIGNING_KEY',
  tokenSigningKeyParameter: 'TOKEN_SIGNING_KEY_PARAMETER',
  /** What secrets of webhooks are derived from; apart, so that what calls receivers can sign no token. */
  webhookSigningKey: 'WEBHOOK_SIGNING_KEY',
  webhookSigningKeyParameter: 'WEBHOOK_SIGNING_KEY_PARAMETER',
  /** With an issuer, its tokens are the only ones, and no principals are minted. */
  oidcIssuer: 'OIDC_ISSUER',
  /** Comma-separated. */
  oidcAudience: 'OIDC_AUDIENCE',
  /** `true` lets pages on the loopback interface be read: for tests on one machine, never deployed. */
  pagesAllowLoopback: 'PAGES_ALLOW_LOOPBACK',
  /** The same for receivers of webhooks. */
  webhooksAllowLoopback: 'WEBHOOKS_ALLOW_LOOPBACK',
  searchKeysParameter: 'SEARCH_KEYS_PARAMETER',
  /** Where parameters are read: `https://…` of Systems Manager in the deployment's region and partition. */
  parametersEndpoint: 'PARAMETERS_ENDPOINT',
  /** Of a server of pictures that is not the text model's. */
  imageApiKey: 'IMAGE_API_KEY',
  imageApiKeyParameter: 'IMAGE_API_KEY_PARAMETER',
  /** Entries that override `rules/limits.ts`, see `rules/limit-settings.ts`. */
  limits: 'LIMITS',
  /** What the distribution proves with that a request came through it. */
  frontDoorProof: 'FRONT_DOOR_PROOF',
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
  pictureModel: 'PICTURE_MODEL',
  researchModel: 'RESEARCH_MODEL',
  strategyModel: 'STRATEGY_MODEL',
  creativeModel: 'CREATIVE_MODEL',
  voiceModel: 'VOICE_MODEL',
  moderationModel: 'MODERATION_MODEL',
  plannerDeadline: 'PLANNER_DEADLINE_MS',
  pictureDeadline: 'PICTURE_DEADLINE_MS',
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
  videoProvider: 'VIDEO_PROVIDER',
  videoModel: 'VIDEO_MODEL',
  videoBaseUrl: 'VIDEO_BASE_URL',
  ffmpegPath: 'FFMPEG_PATH',
  /** ARN of a Lambda layer that brings ffmpeg, see bin/ffmpeg-layer.ts. */
  ffmpegLayer: 'FFMPEG_LAYER_ARN',
  /** `on` signs pictures and films (C2PA). */
  contentCredentials: 'CONTENT_CREDENTIALS',
  imageProvider: 'IMAGE_PROVIDER',
  imageModel: 'IMAGE_MODEL',
  imageBaseUrl: 'IMAGE_BASE_URL',
  imageDeadline: 'IMAGE_DEADLINE_MS',
  searchProviders: 'SEARCH_PROVIDERS',
  searxngUrl: 'SEARXNG_URL',
  litellmSearchUrl: 'LITELLM_SEARCH_URL',
  naverApiHubUrl: 'NAVER_API_HUB_URL',
  naverUrl: 'NAVER_URL',
  kakaoUrl: 'KAKAO_URL',
  braveUrl: 'BRAVE_URL',
  tavilyUrl: 'TAVILY_URL',
} as const

/** Settings that a deployment is synthesized with, or a studio on one machine is started with. */
export const hostSettingNames = {
  /** Comma-separated origins whose pages may call the HTTP API. */
  allowedOrigins: 'ALLOWED_ORIGINS',
  /** US dollars in an hour at which the spend alarm goes off. */
  spendAlarm: 'SPEND_ALARM_USD_PER_HOUR',
  port: 'PORT',
  dataDirectory: 'LAUNCH_STUDIO_DATA',
} as const

/** Settings of what may be spent, and of what models cost, given when the app is synthesized like those of the model. */
export const spendSettingNames = {
  runCap: 'SPEND_CAP_RUN_USD',
  principalDayCap: 'SPEND_CAP_PRINCIPAL_DAY_USD',
  deploymentDayCap: 'SPEND_CAP_DEPLOYMENT_DAY_USD',
  modelPrices: 'MODEL_PRICES',
} as const

/** Settings that hold the address of a search provider. */
export const searchAddressNames = [
  modelSettingNames.naverApiHubUrl,
  modelSettingNames.naverUrl,
  modelSettingNames.kakaoUrl,
  modelSettingNames.braveUrl,
  modelSettingNames.tavilyUrl,
  modelSettingNames.searxngUrl,
  modelSettingNames.litellmSearchUrl,
] as const

/** Keys of search providers: variables of a local studio, fields of one SSM SecureString when deployed. */
export const searchKeyNames = {
  naverApiHubKeyId: 'NAVER_API_HUB_KEY_ID',
  naverApiHubKey: 'NAVER_API_HUB_KEY',
  naverClientId: 'NAVER_CLIENT_ID',
  naverClientSecret: 'NAVER_CLIENT_SECRET',
  kakaoKey: 'KAKAO_REST_API_KEY',
  braveKey: 'BRAVE_API_KEY',
  tavilyKey: 'TAVILY_API_KEY',
  litellmKey: 'LITELLM_SEARCH_API_KEY',
} as const
