extension Command {
  /// Greek, and the characters that behave as letters.
  static let letters = joined(
    table(
      """
      alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ
      iota ι kappa κ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ
      varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω digamma ϝ varkappa ϰ
      partial ∂ imath ı jmath ȷ ell ℓ
      """
    ) { .identifier($0, upright: false) },
    // TeX sets capital Greek upright.
    table(
      """
      Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
      nabla ∇ infty ∞ hbar ℏ hslash ℏ Re ℜ Im ℑ wp ℘ aleph ℵ beth ℶ gimel ℷ emptyset ∅
      varnothing ∅ forall ∀ exists ∃ nexists ∄ top ⊤ bot ⊥ angle ∠ triangle △ square □ Box □
      blacksquare ■ star ⋆ bigstar ★ degree ° flat ♭ natural ♮ sharp ♯ clubsuit ♣
      diamondsuit ♢ heartsuit ♡ spadesuit ♠ checkmark ✓ dag † ddag ‡ copyright © S § P ¶
      pounds £ euro € mho ℧ complement ∁ surd √
      """
    ) { .identifier($0, upright: true) },
    table("% % # # & & $ $ _ _ textbackslash \\ textunderscore _", Command.character)
  )
}
