/*
 * outline: what a record became, a line a thing: for the guide's examples, tests and `-v`.
 *
 *     i1 （１） 予算について
 *       s1 岡座長
 *         s1-1 本日は… {common-id}
 *         n1 （拍手）
 *       d1 了承: 原案のとおり…
 *       closed 第７条第２号
 *       callout note: 発言の順序は…
 *
 * A table or code that belongs to a statement is [table], [code].
 */
#ifndef GIJI_MINUTES_OUTLINE_H
#define GIJI_MINUTES_OUTLINE_H

#include "minutes/model.h"
#include "source/register.h"

void meeting_outline(const struct meeting *m, const struct registers *r, struct buf *out);

#endif
