import type { ComponentChildren } from 'preact'

/** One component, its states side by side. */
export const Exhibit = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <section class="exhibit">
    <h2>{title}</h2>
    <div class="exhibit-states">{children}</div>
  </section>
)
