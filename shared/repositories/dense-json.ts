import { deflateRawSync, inflateRawSync } from 'node:zlib'

/**
 * Names that stored documents share, with what stands around them, the most frequent last: short documents are
 * half names. It never changes: what was packed with it cannot be read with another. One that knows more names
 * is another format beside it.
 */
export const storedNames = Buffer.from(
  [
    '"product.image_url":"https://","product.image_context":"","goal.video_seconds":8,',
    '"reach","inquiry","purchase","suggested","image",',
    '"voiceover_script_short":"","voiceover_script_long":null,"tone_profile":"",',
    '"delivery_profile":{"pace":"","emphasis_words":["',
    '"]},"timing_map":[{"start":0,"end":2.5,"purpose":"hook","text":"',
    '"},{"start":2.5,"end":6,"purpose":"benefit","text":"',
    '"},{"start":6,"end":8,"purpose":"cta","text":"',
    '"}],"subtitle_lines":[{"start":0,"end":2.5,"text":"',
    '"}],"tts_config":{"voice_preset":"friendly_ko","format":"mp3"}}',
    '"video_prompt_package":{"duration_sec":8,"size":"720x1280","prompt":"","shots":[{"start":0,"end":2.5,"scene":"',
    '"poster_specs":[{"id":"s1","headline":"","subheadline":"","visual_keywords":["',
    '"ad_copies":[{"id":"c1","channel":"인스타그램","positioning_id":"p1","text":"',
    '"market_assessment":{"strengths":[""],"risks":[""],"uncertainties":[""]},',
    '"positioning_options":[{"id":"p1","title":"","message":"',
    '"}],"weekly_plan":[{"day":"1일차","channel":"인스타그램","action":"',
    '"}],"required_assets":["ad_copy","poster","video_prompt","voiceover"],',
    '"kpi_next_actions":{"kpis":[""],"ab_tests":[""],"next_variables":[""]}}',
    '"market_signals":[{"signal":"","impact":"high","evidence_ids":["e1"]}],',
    '"competitor_notes":[{"brand":"","positioning":"","price_band":"","evidence_ids":["e2"]}],',
    '"channel_observations":[{"channel":"","observation":"","evidence_ids":["e3"]}],"risk_flags":["',
    '"evidence":[{"id":"e1","source":"","title":"","url":"https://www.","observed_at":"2026-',
    '","confidence":0.9,"quote":"","verified":true,"site":"","published_at":null,"excerpt":"","hash":"',
    '"copy_rejected":[{"text":"","rule":"","law":"","where":"',
    '"copy_safety":{"pack_version":"2026-","product_types":["cosmetics"],"moderation":"not_configured",',
    '"rules":{},"verdicts":[{"where":"weekly_plan.0","verdict":"needs_evidence","findings":[["',
    '"]]},{"where":"ad_copies.c1","verdict":"ok","findings":[]},{"where":"poster_specs.s1","verdict":"ok","findings":[]},',
    '"based_on":["resp_"],"repaired_by":["resp_"],',
    '"partial":[{"kind":"","item":{"',
    '{"attempt":1,"output":{"schema_version":"v1","agent":"research","strategy","creative","voice",',
    '"provenance":{"provider":"openai-compatible","model":"gpt-6.1-terra","response_id":"resp_","prompt_version":"2026-',
    '","usage":{"input_tokens":0,"output_tokens":0,"total_tokens":0,"calls":1,"calls_without_usage":0},"created_at":"2026-',
    '"launch":{"product_name":"","product_category":"","target_audience":"","price_band":"","core_kpi":"","channel_focus":["',
    '"revision":{"from":"creative","positioning_id":null,"note":null}',
    '"brief":{"product.name":"","product.category":"","product.features":["","",""],"product.price_band":"",',
    '"target.who":"","target.why":"","channel.channels":["인스타그램"],"goal.weekly_goal":"reach"},',
    '"brief_sources":{"product.name":"user","product.category":"user","product.features":"user",',
    '"product.price_band":"user","target.who":"user","target.why":"user","channel.channels":"user","goal.weekly_goal":"user"}',
  ].join(''),
)

/** The first byte of what is packed: its format. */
const deflatedWithNames = 1

/**
 * A document as its stored bytes: what an agent wrote has a half to a third of its JSON's. DynamoDB counts every
 * kilobyte of an item that is written, of both its forms, twice in a transaction.
 */
export const denseJson = (document: object): Uint8Array =>
  Buffer.concat([
    Buffer.of(deflatedWithNames),
    deflateRawSync(JSON.stringify(document), { dictionary: storedNames }),
  ])

export const parseDenseJson = (bytes: Uint8Array): unknown => {
  if (bytes[0] !== deflatedWithNames) {
    throw new Error(`There is no format ${bytes[0]} of stored documents.`)
  }
  return JSON.parse(inflateRawSync(bytes.subarray(1), { dictionary: storedNames }).toString())
}
