package io.sessionfilter.example.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PasswordsTest {
    private static final int FEW = 10;

    @Test
    void theRightPasswordMatchesItsHash() {
        assertThat(Passwords.matches("夜市 lantern", Passwords.hash("夜市 lantern", FEW)))
                .isTrue();
    }

    @Test
    void aWrongPasswordDoesNotMatch() {
        assertThat(Passwords.matches("lanterN", Passwords.hash("lantern", FEW))).isFalse();
    }

    @Test
    void theSamePasswordNeverHasTheSameHashTwice() {
        assertThat(Passwords.hash("lantern", FEW)).isNotEqualTo(Passwords.hash("lantern", FEW));
    }

    @Test
    void aHashNamesItsCostAndNotThePassword() {
        assertThat(Passwords.hash("lantern", FEW))
                .startsWith("pbkdf2-sha512$10$")
                .doesNotContain("lantern");
    }

    @Test
    void aHashMadeAtAnotherCostStillMatches() {
        assertThat(Passwords.matches("lantern", Passwords.hash("lantern", 2 * FEW)))
                .isTrue();
    }

    /** The value is PBKDF2's own, computed by another implementation (Python's hashlib). */
    @Test
    void theFunctionIsPbkdf2WithHmacSha512() {
        String stored = "pbkdf2-sha512$1000$AAECAwQFBgcICQoLDA0ODw==$tMqzOMSd0inUcDXErCRTAyTTgVd6AuoX2IefuIh2D0I=";

        assertThat(Passwords.matches("lantern", stored)).isTrue();
    }

    @Test
    void aHashOfAnUnknownSchemeIsRefusedNotTakenForAMismatch() {
        assertThatThrownBy(() -> Passwords.matches("lantern", "md5$abc"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("scheme")
                .hasMessageNotContaining("lantern");
    }
}
