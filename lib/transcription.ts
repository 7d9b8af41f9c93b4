import { ArnFormat, Duration, Stack } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import { modelSettingNames } from '../shared/platform/environment-names.ts'
import { retentionDays } from '../shared/rules/retention.ts'
import { mediaPrefixes, transcriptionJobPrefix } from '../shared/rules/storage-layout.ts'
import type { Data } from './data.ts'
import type { ServiceContext, ServiceFunction } from './service-function.ts'

export interface TranscriptionProps {
  service: ServiceContext
  data: Data
}

/** Storage of recordings and their transcripts, and the rights to have speech transcribed. */
export class Transcription extends Construct {
  /** Prefix of the names of this deployment's transcription jobs. */
  readonly jobPrefix: string
  /** Whether Amazon Transcribe transcribes, which announces its end by an event; else a synchronous server. */
  readonly byTranscribe: boolean
  private readonly data: Data

  constructor(scope: Construct, id: string, { service, data }: TranscriptionProps) {
    super(scope, id)
    this.data = data
    this.jobPrefix = transcriptionJobPrefix(service.stage)
    this.byTranscribe = service.modelSettings[modelSettingNames.sttProvider] !== 'openai'
    for (const prefix of [mediaPrefixes.uploads, mediaPrefixes.transcripts]) {
      data.mediaBucket.addLifecycleRule({
        prefix,
        expiration: Duration.days(retentionDays('recording')),
      })
    }
  }

  /**
   * Lets the function store recordings and have them transcribed. Transcribe reads and writes the
   * bucket with the rights of the function that started the job.
   */
  allow(fn: ServiceFunction): void {
    this.data.allowMedia(
      fn,
      ['GetObject', 'PutObject', 'DeleteObject'],
      `${mediaPrefixes.uploads}*`,
    )
    if (!this.byTranscribe) return
    this.data.allowMedia(fn, ['GetObject', 'PutObject'], `${mediaPrefixes.transcripts}*`)
    fn.allowWildcard(['transcribe:StartTranscriptionJob'], {
      arn: '*',
      finding: '*',
      reason:
        'Starting a job has no resource-level permission; the conditions limit its output to our bucket and prefix.',
      conditions: {
        StringEquals: { 'transcribe:OutputBucketName': this.data.mediaBucket.bucketName },
        StringLike: { 'transcribe:OutputKey': `${mediaPrefixes.transcripts}*` },
      },
    })
    const jobs = `${this.jobPrefix}*`
    fn.allowWildcard(['transcribe:GetTranscriptionJob'], {
      arn: Stack.of(this).formatArn({
        service: 'transcribe',
        resource: 'transcription-job',
        resourceName: jobs,
        arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
      }),
      finding: `arn:<AWS::Partition>:transcribe:<AWS::Region>:<AWS::AccountId>:transcription-job/${jobs}`,
      reason: 'A job is named after its turn; the grant is limited to the jobs of this deployment.',
    })
  }
}
