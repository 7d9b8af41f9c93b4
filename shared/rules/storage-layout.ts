/**
 * Names that services and infrastructure share: the table's attributes and indexes, the bucket's
 * prefixes and tags, Transcribe's jobs.
 */

export const tableKey = { partition: 'PK', sort: 'SK', ttl: 'ttl' } as const

/**
 * What a principal owns: sessions, runs and jobs, newest first. Like the other, it holds keys alone: an index with
 * more is written anew with each change of an item.
 */
export const ownerIndex = { name: 'OWNER', partition: 'OWNER', sort: 'OWNER_SK' } as const

/** Unfinished work: runs, turns that hold a lease, voice turns that wait for their transcript. */
export const openIndex = { name: 'OPEN', partition: 'OPEN', sort: 'OPEN_SK' } as const

export type TableIndexName = (typeof ownerIndex | typeof openIndex)['name']

/**
 * Largest parts of a stage's item, in bytes of their JSON: DynamoDB takes 400 KB of an item with all
 * its attributes, and what an agent wrote shares it with claim and provenance.
 */
export const outputBytesLimit = 320 * 1024
export const partialBytesLimit = 320 * 1024
/** What the copy filter said of a stage's texts, and the texts that it blocked, beside the output. */
export const copyVerdictBytesLimit = 36 * 1024
export const copyRejectedBytesLimit = 24 * 1024

/** Every prefix of the media bucket; a session id follows. */
export const mediaPrefixes = {
  sessions: 'sessions/',
  uploads: 'uploads/',
  transcripts: 'transcripts/',
} as const

/** The part of a session's prefix that holds spoken answers. */
export const speechFolder = 'speech/'

/** The parts that hold files of assets, and what was bought for them. */
export const assetFolder = 'assets/'
export const purchaseFolder = 'purchases/'

/** The tag of both, by which the bucket expires them after their items. */
export const assetTag = { kind: 'asset' } as const

/** The tag of an export's ZIP, which lies among the files of assets and is expired sooner. */
export const exportTag = { kind: 'export' } as const

/** The part that holds pictures of the product, and the tag by which the bucket expires them. */
export const pictureFolder = 'pictures/'
export const pictureTag = { kind: 'picture' } as const

/** The tag of those objects, by which the bucket expires them sooner than the rest of their session. */
export const speechTag = { kind: 'speech' } as const

/** Prefix of this deployment's transcription jobs: several deployments may share an account. */
export const transcriptionJobPrefix = (stage: string): string => `launch-studio-${stage}-`
