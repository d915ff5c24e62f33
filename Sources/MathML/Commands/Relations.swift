extension Command {
  static let relations = symbols(
    .relation,
    """
    le ≤ leq ≤ leqslant ⩽ leqq ≦ ge ≥ geq ≥ geqslant ⩾ geqq ≧ lt < gt > ne ≠ neq ≠ ll ≪ gg ≫
    lll ⋘ ggg ⋙ nless ≮ ngtr ≯ nleq ≰ ngeq ≱ lesssim ≲ gtrsim ≳ lessgtr ≶ gtrless ≷
    approx ≈ approxeq ≊ sim ∼ simeq ≃ cong ≅ ncong ≇ nsim ≁ equiv ≡ propto ∝ varpropto ∝
    asymp ≍ doteq ≐ triangleq ≜ coloneqq ≔ coloneq ≔ eqqcolon ≕ Coloneqq ⩴ risingdotseq ≓
    in ∈ notin ∉ ni ∋ owns ∋ subset ⊂ subseteq ⊆ subsetneq ⊊ nsubseteq ⊈ supset ⊃ supseteq ⊇
    supsetneq ⊋ sqsubset ⊏ sqsubseteq ⊑ sqsupset ⊐ sqsupseteq ⊒ prec ≺ preceq ⪯ succ ≻
    succeq ⪰ mid ∣ nmid ∤ parallel ∥ nparallel ∦ perp ⟂ vdash ⊢ dashv ⊣ models ⊨ vDash ⊨
    Vdash ⊩ bowtie ⋈ smile ⌣ frown ⌢ between ≬ therefore ∴ because ∵
    """)

  static let arrows = joined(
    symbols(
      .relation,
      """
      to → rightarrow → longrightarrow ⟶ leftarrow ← gets ← longleftarrow ⟵ leftrightarrow ↔
      longleftrightarrow ⟷ Rightarrow ⇒ Longrightarrow ⟹ implies ⟹ Leftarrow ⇐
      Longleftarrow ⟸ impliedby ⟸ Leftrightarrow ⇔ Longleftrightarrow ⟺ iff ⟺ mapsto ↦
      longmapsto ⟼ hookrightarrow ↪ hookleftarrow ↩ rightharpoonup ⇀ rightharpoondown ⇁
      leftharpoonup ↼ leftharpoondown ↽ rightleftharpoons ⇌ leftrightharpoons ⇋ nearrow ↗
      searrow ↘ swarrow ↙ nwarrow ↖ rightsquigarrow ⇝ leadsto ⇝ twoheadrightarrow ↠
      nrightarrow ↛ nleftarrow ↚ rightrightarrows ⇉ leftleftarrows ⇇ rightarrowtail ↣
      curvearrowright ↷ curvearrowleft ↶ circlearrowright ↻ circlearrowleft ↺
      """),
    symbols(
      .relation,
      "uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ Updownarrow ⇕"),
    table(
      "xrightarrow → xleftarrow ← xleftrightarrow ↔ xRightarrow ⇒ xLeftarrow ⇐ xmapsto ↦",
      Command.labelledArrow)
  )
}
