import { expect, test } from 'vitest'
import * as z from 'zod'
import { retentionDays } from '../../shared/rules/retention.ts'
import { resourceOf, resourcesOf, template } from './synthesized.ts'

test('the bucket, the logs and the queue keep things as long as the table says', () => {
  const { LifecycleConfiguration } = resourceOf(
    template,
    'MediaBucket',
    z.looseObject({
      LifecycleConfiguration: z.object({
        Rules: z.array(
          z.looseObject({
            Prefix: z.string().optional(),
            TagFilters: z.array(z.unknown()).optional(),
            ExpirationInDays: z.number().optional(),
          }),
        ),
      }),
    }),
  )
  const kept = LifecycleConfiguration.Rules.flatMap(({ Prefix, TagFilters, ExpirationInDays }) =>
    ExpirationInDays === undefined
      ? []
      : [[Prefix ?? JSON.stringify(TagFilters), ExpirationInDays]],
  )
  expect(Object.fromEntries(kept)).toEqual({
    'uploads/': retentionDays('recording'),
    'transcripts/': retentionDays('recording'),
    '[{"Key":"kind","Value":"speech"}]': retentionDays('speech'),
    '[{"Key":"kind","Value":"picture"}]': retentionDays('picture'),
    '[{"Key":"kind","Value":"asset"}]': retentionDays('assetFile'),
    '[{"Key":"kind","Value":"export"}]': retentionDays('exportFile'),
  })
  const logs = z.looseObject({ RetentionInDays: z.number() })
  for (const [id, { RetentionInDays }] of resourcesOf(template, 'AWS::Logs::LogGroup', logs)) {
    expect(RetentionInDays, id).toBe(retentionDays('log'))
  }
  const queue = z.looseObject({ MessageRetentionPeriod: z.number() })
  const { MessageRetentionPeriod } = resourceOf(template, 'DeadLetterQueue', queue)
  expect(MessageRetentionPeriod).toBe(retentionDays('deadLetter') * 86_400)
})
