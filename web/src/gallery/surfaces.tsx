import { Button } from '../design/button.tsx'
import { Card, Chip } from '../design/card.tsx'
import { ToastView, toast } from '../design/status.tsx'
import { EmptyState, Notice, PhoneFrame, Skeleton } from '../design/surfaces.tsx'
import { galleryWords } from '../wording/gallery.ts'
import { shellWords } from '../wording/shell.ts'
import { Exhibit } from './exhibit.tsx'

export const Surfaces = () => {
  const words = galleryWords.value
  const retry = <Button size="small">{words.retry}</Button>
  return (
    <>
      <Exhibit title={words.cards}>
        <Card title={words.cardTitle} aside={<Chip tone="good">{words.tone.good}</Chip>}>
          <p>{words.sentence}</p>
        </Card>
        <Card title={words.skeleton}>
          <Skeleton label={shellWords.value.loading} />
        </Card>
      </Exhibit>
      <Exhibit title={words.notices}>
        <Notice tone="plain" title={words.notice.plain}>
          {words.sentence}
        </Notice>
        <Notice tone="good" title={words.notice.good} />
        <Notice tone="warn" title={words.notice.warn} actions={retry}>
          {words.sentence}
        </Notice>
        <Notice
          tone="bad"
          title={words.notice.bad}
          actions={retry}
          reference="UPSTREAM_ERROR · 01JX3T5YQ8"
        >
          {words.noticeText}
        </Notice>
      </Exhibit>
      <Toasts />
      <Exhibit title={words.empty}>
        <EmptyState
          icon="library"
          title={words.emptyTitle}
          actions={<Button kind="primary">{words.press}</Button>}
        >
          {words.sentence}
        </EmptyState>
      </Exhibit>
      <Exhibit title={words.phone}>
        <PhoneFrame ratio="1080 / 1920" caption="1080 × 1920">
          <div class="sample-picture" />
        </PhoneFrame>
        <PhoneFrame
          ratio="1080 / 1920"
          caption={words.safeArea}
          safeArea={{ top: 15, right: 27.8, bottom: 35, left: 11.1 }}
        >
          <div class="sample-picture" />
        </PhoneFrame>
        <PhoneFrame ratio="1080 / 1080" caption="1080 × 1080">
          <div class="sample-picture" />
        </PhoneFrame>
      </Exhibit>
    </>
  )
}

const Toasts = () => {
  const words = galleryWords.value
  return (
    <Exhibit title={words.toasts}>
      {(['plain', 'good', 'bad'] as const).map((tone) => (
        <ToastView
          key={tone}
          tone={tone}
          dismissLabel={shellWords.value.dismiss}
          onDismiss={() => {}}
        >
          {words.notice[tone]}
        </ToastView>
      ))}
      <Button onClick={() => toast(words.notice.good, 'good')}>{words.showToast}</Button>
    </Exhibit>
  )
}
